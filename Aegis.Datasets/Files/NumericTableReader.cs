using System.Globalization;
using System.Text;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Files;

/// <summary>Reads any CSV table of numbers, packed or not. Cells may be empty, but no labels.</summary>
public static class NumericTableReader
{
    // Room for ten thousand columns of twenty digits, and more.
    private const int MaxLineLength = 4 << 20;

    /// <summary>Reads a whole table.</summary>
    /// <param name="path">The file; its first line is a header.</param>
    /// <param name="label">The column of labels, 0 or 1; null for the last column.</param>
    /// <param name="drop">Columns to leave out.</param>
    /// <param name="mostColumns">The largest number of inputs.</param>
    /// <exception cref="DatasetException">
    /// The file is missing, empty, damaged or uneven; a column is unknown; some columns are not numeric (the message
    /// names all of them); or a label is neither 0 nor 1.
    /// </exception>
    public static NumericTable Read(string path, string? label, IReadOnlyCollection<string> drop, int mostColumns)
    {
        ArgumentNullException.ThrowIfNull(drop);
        using var file = new CsvFile(path, maxLineLength: MaxLineLength);
        var layout = TableLayout.Of(path, file, label, drop, mostColumns);
        var values = new List<double>();
        var labels = new List<bool>();
        var bad = new SortedDictionary<int, (long Line, string Value)>();
        while (file.Advance())
        {
            if (file.Fault is { } fault)
            {
                throw new DatasetException($"{path}, line {file.Line}: {fault}.");
            }

            foreach (var column in layout.Inputs)
            {
                if (!TryNumber(file.Cells.GetSpan(column), out var value))
                {
                    bad.TryAdd(column, (file.Line, file.Cells.GetString(column)));
                }

                values.Add(value);
            }

            labels.Add(ReadLabel(path, file, layout));
            if (values.Count > Array.MaxLength - layout.Inputs.Length)
            {
                throw new DatasetException(
                    $"{path}, line {file.Line}: the table holds more than {Array.MaxLength:N0} numbers; allowed: fewer rows or columns.");
            }
        }

        return bad.Count == 0
            ? new NumericTable([.. layout.Inputs.Select(column => file.Header[column])], [.. values], [.. labels])
            : throw new DatasetException(Describe(path, file.Header, bad));
    }

    /// <summary>Reads a finite number with a decimal point, within the range of a 32-bit float; NaN from an empty cell.</summary>
    private static bool TryNumber(ReadOnlySpan<byte> cell, out double value)
    {
        if (cell.Trim((byte)' ').IsEmpty)
        {
            value = double.NaN;
            return true;
        }

        return double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite((float)value);
    }

    private static bool ReadLabel(string path, CsvFile file, TableLayout layout)
    {
        var isNumber = TryNumber(file.Cells.GetSpan(layout.Label), out var value);
        return isNumber && value is 0 or 1
            ? value == 1
            : throw new DatasetException(
                $"{path}, line {file.Line}, column '{file.Header[layout.Label]}': the label is '{Shorten(file.Cells.GetString(layout.Label))}'; allowed: 0 or 1, or another column by --label.");
    }

    private static string Describe(string path, string[] header, SortedDictionary<int, (long Line, string Value)> bad)
    {
        const int MaxNamed = 50;
        var text = new StringBuilder($"{path} has columns that are not numeric: ");
        var named = bad.Take(MaxNamed);
        text.AppendJoin(", ", named.Select(
            column => $"'{header[column.Key]}' (line {column.Value.Line}: '{Shorten(column.Value.Value)}')"));
        text.Append(bad.Count > MaxNamed ? $" and {bad.Count - MaxNamed} more" : "");
        text.Append("; allowed: finite numbers with a decimal point, or empty cells. Leave them out with --drop ");
        return text.AppendJoin(',', named.Select(column => header[column.Key])).Append('.').ToString();
    }

    private static string Shorten(string value)
    {
        value = CardNumbers.Mask(value);
        return value.Length <= 40 ? value : string.Concat(value.AsSpan(0, 40), "…");
    }
}
