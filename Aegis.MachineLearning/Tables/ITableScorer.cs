namespace Aegis.MachineLearning.Tables;

/// <summary>A fitted detector over rows of plain numbers. Owns its working memory: one thread at a time.</summary>
public interface ITableScorer
{
    /// <summary>Numbers per row.</summary>
    int Columns { get; }

    /// <summary>Scores rows: finite, the higher the more unusual; only the order has a meaning that models share.</summary>
    /// <param name="rows">Row after row, <see cref="Columns"/> finite values each.</param>
    /// <param name="rowCount">How many, 0 or more.</param>
    /// <param name="scores">Receives one score per row.</param>
    /// <exception cref="ArgumentException">The rows or scores do not fit.</exception>
    void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores);
}
