using System.Collections.Frozen;
using System.Globalization;

namespace Aegis.Core.Transactions;

/// <summary>ISO 4217 currencies and the decimals of their minor units.</summary>
public static class Currencies
{
    private static readonly FrozenDictionary<string, Currency> Table = EmbeddedTable.Read("currencies.csv")
        .Select(cells => new Currency(
            cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture), double.Parse(cells[2], CultureInfo.InvariantCulture),
            cells[3] == "current"))
        .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);

    private static readonly CodeTable<bool> Known = new(3, Table.Keys.Select(code => KeyValuePair.Create(code, true)));

    /// <summary>All of them: those of ISO 4217 that payments can be in, and those withdrawn since 2000.</summary>
    public static IEnumerable<Currency> All => Table.Values;

    /// <summary>True for a code of the table, in capitals.</summary>
    public static bool IsKnown(string? code) => Known[code.AsSpan()];

    /// <summary>True for a code of the table, in capitals, in ASCII.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> code) => Known[code];

    /// <summary>Decimals of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD.</summary>
    /// <exception cref="KeyNotFoundException">The code is not in the table.</exception>
    public static int DecimalsOf(string code) => Of(code).Decimals;

    /// <summary>The currency of a code.</summary>
    /// <exception cref="KeyNotFoundException">The code is not in the table.</exception>
    public static Currency Of(string code) => Table[code];

    /// <summary>All known codes.</summary>
    public static IEnumerable<string> Codes => Table.Keys;

    /// <summary>An amount in major units with the currency's decimals, for example <c>4,120.00 EUR</c>.</summary>
    public static string Format(long amountMinor, string currency)
    {
        var decimals = Table.TryGetValue(currency, out var known) ? known.Decimals : 2;
        return $"{(amountMinor / Math.Pow(10, decimals)).ToString("N" + decimals)} {currency}";
    }
}

/// <summary>A currency of the shipped table.</summary>
/// <param name="Code">ISO 4217 alphabetic code.</param>
/// <param name="Decimals">Decimals of its minor unit.</param>
/// <param name="UnitsPerEuro">Major units for one euro: the rounded average of 2025; for a withdrawn currency its last or fixed
/// rate.</param>
/// <param name="IsCurrent">False where it has been withdrawn.</param>
public sealed record Currency(string Code, int Decimals, double UnitsPerEuro, bool IsCurrent);
