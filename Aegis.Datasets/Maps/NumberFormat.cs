using System.Globalization;

namespace Aegis.Datasets.Maps;

/// <summary>The format of a number.</summary>
/// <param name="Decimal">The decimal sign, a point or a comma.</param>
/// <param name="Remove">The characters to remove before reading, for example <c>$</c> and the commas between thousands.</param>
internal sealed record NumberFormat(char Decimal, string Remove)
{
    /// <summary>A decimal point and nothing to remove.</summary>
    public static readonly NumberFormat Plain = new('.', "");

    /// <summary>What is allowed, for messages.</summary>
    public string Allowed => $"a number with a decimal {(Decimal == '.' ? "point" : "comma")}";

    /// <summary>Reads an exact number.</summary>
    public bool TryParse(string text, out decimal value) =>
        decimal.TryParse(Clean(text), NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a finite number.</summary>
    public bool TryParse(string text, out double value) =>
        double.TryParse(Clean(text), NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private string Clean(string text)
    {
        if (Remove.Length == 0 && Decimal == '.')
        {
            return text;
        }

        var kept = string.Concat(text.Where(c => !Remove.Contains(c, StringComparison.Ordinal)));
        // A point in a number with a decimal comma would change its meaning unnoticed.
        return Decimal == '.' ? kept : kept.Contains('.', StringComparison.Ordinal) ? "" : kept.Replace(Decimal, '.');
    }
}
