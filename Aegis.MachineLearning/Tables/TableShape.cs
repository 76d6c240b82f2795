namespace Aegis.MachineLearning.Tables;

/// <summary>Refuses rows that do not fit.</summary>
internal static class TableShape
{
    /// <exception cref="ArgumentException">The number of rows is not <paramref name="rowCount"/>, or there are fewer scores.</exception>
    public static void Check(ReadOnlySpan<float> rows, int rowCount, int columns, Span<double> scores)
    {
        if (rows.Length != (long)rowCount * columns || scores.Length < rowCount)
        {
            throw new ArgumentException(
                $"{rows.Length} values and {scores.Length} scores for {rowCount} rows; allowed: {columns} values and a score each.", nameof(
                    rows));
        }
    }
}
