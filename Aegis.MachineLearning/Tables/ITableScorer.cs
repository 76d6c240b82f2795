namespace Aegis.MachineLearning.Tables;

/// <summary>A fitted detector over rows of plain numbers. It owns its working memory: one thread at a time.</summary>
public interface ITableScorer
{
    /// <summary>Numbers per row.</summary>
    int Columns { get; }

    /// <summary>Scores rows: finite, higher if more unusual. Between models only the order of scores is comparable.</summary>
    /// <param name="rows">Row after row, <see cref="Columns"/> finite values each.</param>
    /// <param name="rowCount">The number of rows, 0 or more.</param>
    /// <param name="scores">Receives one score for each row.</param>
    /// <exception cref="ArgumentException">The rows or scores do not fit.</exception>
    void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores);
}
