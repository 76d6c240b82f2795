using Aegis.MachineLearning.Forests;

namespace Aegis.MachineLearning.Tables;

/// <summary>An isolation forest over the numbers as they come: splits do not depend on their scale.</summary>
public sealed class ForestTableScorer(IsolationForest forest, int columns) : ITableScorer
{
    /// <inheritdoc/>
    public int Columns => columns;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores)
    {
        TableShape.Check(rows, rowCount, columns, scores);
        forest.Score(rows, rowCount, scores);
    }
}
