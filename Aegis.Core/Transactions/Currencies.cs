using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;

namespace Aegis.Core.Transactions;

/// <summary>ISO 4217 currencies, those that an operator has added (<see cref="AddedCodes"/>), and the decimals of their minor
/// units.</summary>
public static class Currencies
{
    private static readonly FrozenDictionary<string, Currency> Table = EmbeddedTable.Read("currencies.csv")
        .Select(cells => new Currency(
            cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture), double.Parse(cells[2], CultureInfo.InvariantCulture),
            cells[3] == "current"))
        .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);

    private static readonly CodeTable<bool> Known = new(3, Table.Keys.Select(code => KeyValuePair.Create(code, true)));
    private static readonly ConcurrentDictionary<string, int> AddedDecimals = [];

    /// <summary>The shipped ones: those of ISO 4217 that payments can be in, and those withdrawn since 2000.</summary>
    public static IEnumerable<Currency> All => Table.Values;

    /// <summary>True for a code in capitals that is shipped or added.</summary>
    public static bool IsKnown(string? code) => Known[code.AsSpan()];

    /// <summary>True for a code in capitals that is shipped or added, in ASCII.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> code) => Known[code];

    /// <summary>Decimals of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD.</summary>
    /// <exception cref="KeyNotFoundException">The code is not known.</exception>
    public static int DecimalsOf(string code) => AddedDecimals.TryGetValue(code, out var decimals) ? decimals : Table[code].Decimals;

    /// <summary>The shipped currency of a code; null for any other code.</summary>
    public static Currency? Find(string code) => Table.GetValueOrDefault(code);

    /// <summary>All shipped codes.</summary>
    public static IEnumerable<string> Codes => Table.Keys;

    /// <summary>True for a code of the shipped table.</summary>
    internal static bool IsShipped(string code) => Table.ContainsKey(code);

    /// <summary>Adds a code that is not shipped.</summary>
    internal static void Add(string code, int decimals)
    {
        AddedDecimals[code] = decimals;
        Known.Set(code, true);
    }

    /// <summary>An amount in major units with the currency's decimals, for example <c>4,120.00 EUR</c>.</summary>
    public static string Format(long amountMinor, string currency)
    {
        var decimals = IsKnown(currency) ? DecimalsOf(currency) : 2;
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
