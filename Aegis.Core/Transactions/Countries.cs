namespace Aegis.Core.Transactions;

/// <summary>Countries by their codes of ISO 3166-1, Kosovo by the code in use, XK, and those that an operator has added
/// (<see cref="AddedCodes"/>).</summary>
public static class Countries
{
    private static readonly string[][] Rows = [.. EmbeddedTable.Read("countries.csv")];
    private static readonly CodeTable<bool> Codes = new(2, Rows.Select(row => KeyValuePair.Create(row[0], true)));
    private static readonly Dictionary<string, string> ByOtherCode = Rows.SelectMany(row => row[1..].Where(code => code.Length > 0)
        .Select(code => KeyValuePair.Create(code, row[0]))).ToDictionary(StringComparer.Ordinal);

    /// <summary>True for an alpha-2 code in capitals.</summary>
    public static bool IsKnown(string? code) => Codes[code.AsSpan()];

    /// <summary>True for an alpha-2 code in capitals, in ASCII.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> code) => Codes[code];

    /// <summary>True for an alpha-2 code of the shipped table.</summary>
    internal static bool IsShipped(string code) => Array.Exists(Rows, row => row[0] == code);

    /// <summary>Adds an alpha-2 code that is not shipped.</summary>
    internal static void Add(string code) => Codes.Set(code, true);

    /// <summary>The alpha-2 code of a country that is named by its alpha-3 or numeric code (<c>DEU</c>, <c>276</c>); any other text as it
    /// is.</summary>
    public static string ToAlpha2(string code) => ByOtherCode.GetValueOrDefault(code, code);
}
