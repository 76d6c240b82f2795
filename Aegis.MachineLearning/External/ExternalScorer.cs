using Aegis.Core.Features;
using Aegis.MachineLearning.Trainers;
using Microsoft.ML.OnnxRuntime;

namespace Aegis.MachineLearning.External;

/// <summary>Scores raw feature vectors with somebody else's model, in blocks of one size; the last block is padded. One thread.</summary>
/// <remarks>If the model fails on a block, its payments get NaN as their score: no decision waits for somebody else's model.</remarks>
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
            try
            {
                row.Score(rows.Slice(start * Columns, count * Columns), scores.Slice(start, count));
            }
            catch (Exception e) when (e is OnnxRuntimeException or InvalidOperationException or ArgumentException or FormatException)
            {
                scores.Slice(start, count).Fill(double.NaN);
            }
        }
    }
}
