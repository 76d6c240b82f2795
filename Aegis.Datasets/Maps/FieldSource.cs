using Aegis.Datasets.Files;
using CsvHelper;

namespace Aegis.Datasets.Maps;

/// <summary>One field's map, bound to the columns of one file.</summary>
internal sealed class FieldSource
{
    private const int Literal = -1;
    private const int LineNumber = -2;

    private readonly int _column;
    private readonly (int Column, string Text)[] _parts;

    private FieldSource(TargetField target, FieldMap map, int column, (int, string)[] parts, string? shownColumn) =>
        (Target, Map, _column, _parts, ShownColumn) = (target, map, column, parts, shownColumn);

    /// <summary>The field.</summary>
    public TargetField Target { get; }

    /// <summary>Its map.</summary>
    public FieldMap Map { get; }

    /// <summary>The column's name in messages; null if the field comes from no column.</summary>
    public string? ShownColumn { get; }

    /// <exception cref="DatasetException">The file lacks a column, or has it twice.</exception>
    public static FieldSource Bind(ColumnMap map, TargetField target, FieldMap field, CsvFile file, string path)
    {
        if (field.Template is { } template)
        {
            var parts = template.Parts.Select(part => (
                part.IsCell ? (part.Text == FieldTemplate.Line ? LineNumber : Find(map, $"$.{target.Name}.template", part.Text, file, path))
                    : Literal, part.Text)).ToArray();
            return new FieldSource(target, field, Literal, parts, template.Columns.Any() ? $"columns {template.Text}" : null);
        }

        var isLeftOut = field.Column is null || (field.IsOptional && !file.Header.Contains(field.Column));
        var column = isLeftOut ? Literal : Find(map, $"$.{target.Name}.column", field.Column!, file, path);
        return new FieldSource(target, field, column, [], column >= 0 ? $"column {column + 1} '{field.Column}'" : null);
    }

    /// <summary>The field's text; null if it is empty.</summary>
    /// <param name="cells">The current line.</param>
    /// <param name="line">The line's number.</param>
    /// <param name="unknown">The cell, if the map's values lack it and there is no constant; otherwise null.</param>
    public string? Read(CsvReader cells, long line, out string? unknown)
    {
        unknown = null;
        var text = _parts.Length > 0 ? Fill(cells, line) : _column >= 0 ? Cell(cells, _column) : null;
        if (Map.Values is { } values && !string.IsNullOrEmpty(text))
        {
            var isKnown = values.TryGetValue(text, out var value);
            unknown = isKnown || Map.Constant is not null ? null : text;
            text = value;
        }

        text = string.IsNullOrEmpty(text) ? Map.Constant : text;
        return text is "" ? null : text;
    }

    // "a, b" names two cells without blanks, as a header does.
    private static string Cell(CsvReader cells, int column) => cells.GetString(column).Trim(' ');

    private static int Find(ColumnMap map, string jsonPath, string column, CsvFile file, string path)
    {
        var found = Array.IndexOf(file.Header, column);
        if (found < 0)
        {
            throw new DatasetException(
                $"Map '{map.Name}' takes {jsonPath} from column '{column}', which '{path}' lacks; its first line, {file.ShownHeader}. Another delimiter is named by the map's \"delimiter\".");
        }

        return Array.LastIndexOf(file.Header, column) == found
            ? found
            : throw new DatasetException($"Map '{map.Name}' takes {jsonPath} from column '{column}', which '{path}' has more than once; allowed: a name that stands for one column.");
    }

    /// <summary>Fills the template. The result is empty if one of the cells is: half an id would join unrelated lines.</summary>
    private string Fill(CsvReader cells, long line)
    {
        var text = new System.Text.StringBuilder();
        foreach (var (column, literal) in _parts)
        {
            var part = column == Literal ? literal : column == LineNumber ? line.ToString() : Cell(cells, column);
            if (part.Length == 0)
            {
                return "";
            }

            text.Append(part);
        }

        return text.ToString();
    }
}
