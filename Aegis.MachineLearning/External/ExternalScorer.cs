using Aegis.Core.Features;
using Aegis.MachineLearning.Trainers;
using Microsoft.ML.OnnxRuntime;

namespace Aegis.MachineLearning.External;

/// <summary>Scores raw feature vectors with somebody else's model, in blocks of one size; the last block is padded. One thread.</summary>
/// <remarks>A payment that the model fails on gets NaN as its score: no decision waits for somebody else's model.</remarks>
internal sealed class ExternalScorer(ExternalRow row, int rowsAtOnce) : IBlockScorer
{
    /// <inheritdoc/>
    public int Columns => FeatureSchema.Count;

    /// <inheritdoc/>
    public int ScratchLength => 0;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores, Span<float> scratch)
    {
        for (var start = 0; start < rowCount; start += rowsAtOnce)
        {
            var count = Math.Min(rowsAtOnce, rowCount - start);
            if (TryScore(rows.Slice(start * Columns, count * Columns), scores.Slice(start, count)))
            {
                continue;
            }

            // One payment must not take the others' scores away: a score does not depend on who is in the block.
            for (var one = start; one < start + count; one++)
            {
                if (!TryScore(rows.Slice(one * Columns, Columns), scores.Slice(one, 1)))
                {
                    scores[one] = double.NaN;
                }
            }
        }
    }

    private bool TryScore(ReadOnlySpan<float> rows, Span<double> scores)
    {
        try
        {
            row.Score(rows, scores);
            return true;
        }
        catch (Exception e) when (e is OnnxRuntimeException or InvalidOperationException or ArgumentException or FormatException)
        {
            return false;
        }
    }
}
