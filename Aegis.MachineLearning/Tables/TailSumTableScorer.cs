using Aegis.MachineLearning.TailSums;

namespace Aegis.MachineLearning.Tables;

/// <summary>A tail sum over the numbers as they come: only their order counts.</summary>
public sealed class TailSumTableScorer(TailSum tailSum) : ITableScorer
{
    /// <inheritdoc/>
    public int Columns { get; } = tailSum.Columns.Length;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores)
    {
        TableShape.Check(rows, rowCount, Columns, scores);
        tailSum.Score(rows, rowCount, scores);
    }
}
