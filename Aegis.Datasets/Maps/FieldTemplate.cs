namespace Aegis.Datasets.Maps;

/// <summary>Text around cells. <c>{city}-{shop}</c> joins two columns, and <c>shop-{line}</c> holds the line's number
/// in the file. <c>{{</c> and <c>}}</c> are braces.</summary>
internal sealed class FieldTemplate
{
    /// <summary>The name of the cell that stands for the line's number.</summary>
    public const string Line = "line";

    private FieldTemplate(string text, IReadOnlyList<(bool IsCell, string Text)> parts) => (Text, Parts) = (text, parts);

    /// <summary>The template as it was written.</summary>
    public string Text { get; }

    /// <summary>The columns and the text between them.</summary>
    public IReadOnlyList<(bool IsCell, string Text)> Parts { get; }

    /// <summary>The columns it reads.</summary>
    public IEnumerable<string> Columns => Parts.Where(part => part.IsCell && part.Text != Line).Select(part => part.Text);

    /// <summary>Reads a template; null if braces do not pair up or hold nothing, or if it names no cell.</summary>
    public static FieldTemplate? Parse(string text)
    {
        var parts = new List<(bool IsCell, string Text)>();
        var literal = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('{' or '}'))
            {
                literal.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == text[i])
            {
                literal.Append(text[i++]);
            }
            else
            {
                var end = text[i] == '{' ? text.IndexOf('}', i) : -1;
                if (end <= i + 1 || text.AsSpan(i + 1, end - i - 1).Contains('{'))
                {
                    return null;
                }

                parts.Add((false, literal.ToString()));
                parts.Add((true, text[(i + 1)..end]));
                literal.Clear();
                i = end;
            }
        }

        parts.Add((false, literal.ToString()));
        return parts.Any(part => part.IsCell) ? new FieldTemplate(text, [.. parts.Where(part => part.Text.Length > 0)]) : null;
    }
}
