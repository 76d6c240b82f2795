using System.Globalization;

namespace Aegis.Training.Tables;

/// <summary>The rows of a table to fit on, and those to judge.</summary>
/// <remarks>Either all rows for both; or the first share and the rest, in the file's order.</remarks>
/// <param name="FitShare">The share to fit on, above 0 and below 1; null to fit on and judge all rows.</param>
internal readonly record struct TableSplit(double? FitShare)
{
    private const string Prefix = "time:";

    /// <summary>Reads <c>none</c> or <c>time:0.7</c>.</summary>
    public static bool TryParse(string text, out TableSplit split)
    {
        split = default;
        if (text == "none")
        {
            return true;
        }

        if (!text.StartsWith(Prefix, StringComparison.Ordinal)
            || !double.TryParse(text.AsSpan(Prefix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share)
            || share is not (> 0 and < 1))
        {
            return false;
        }

        split = new TableSplit(share);
        return true;
    }

    /// <summary>The number of rows to fit on, from the first.</summary>
    public int FitRows(int rows) => FitShare is { } share ? (int)(rows * share) : rows;

    /// <summary>The first row to judge.</summary>
    public int FirstJudged(int rows) => FitShare is null ? 0 : FitRows(rows);

    /// <inheritdoc/>
    public override string ToString() => FitShare is { } share ? string.Create(CultureInfo.InvariantCulture, $"{Prefix}{share}") : "none";
}
