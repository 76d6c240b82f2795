namespace Aegis.Datasets.Files;

/// <summary>A table of numbers in which each row is labelled: 1 anomalous, 0 ordinary.</summary>
/// <param name="Columns">The names of the input columns, in the file's order.</param>
/// <param name="Values">Row after row, one finite value for each column; NaN where the cell is empty.</param>
/// <param name="Labels">One label for each row.</param>
public sealed record NumericTable(IReadOnlyList<string> Columns, double[] Values, bool[] Labels)
{
    /// <summary>The number of empty cells.</summary>
    public int Missing => Values.Count(double.IsNaN);
}
