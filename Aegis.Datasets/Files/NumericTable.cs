namespace Aegis.Datasets.Files;

/// <summary>A table of numbers in which each row is labelled: 1 anomalous, 0 ordinary.</summary>
/// <param name="Columns">Names of the columns that are inputs, in the file's order.</param>
/// <param name="Values">Row after row, one finite value per column.</param>
/// <param name="Labels">One per row.</param>
public sealed record NumericTable(IReadOnlyList<string> Columns, float[] Values, bool[] Labels);
