namespace Aegis.Datasets.Files;

/// <summary>A table of numbers in which each row is labelled: 1 anomalous, 0 ordinary.</summary>
/// <param name="Columns">The names of the input columns, in the file's order.</param>
/// <param name="Values">Row after row, one finite value for each column.</param>
/// <param name="Labels">One label for each row.</param>
public sealed record NumericTable(IReadOnlyList<string> Columns, float[] Values, bool[] Labels);
