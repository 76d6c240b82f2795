using System.Text.Json;
using Aegis.Core.Faults;

namespace Aegis.Core.Transactions;

/// <summary>A versioned table of exchange rates. Amount features are in the reference currency, so that payments abroad
/// are comparable.</summary>
/// <remarks>The version is part of every model and decision. Where a table leaves a currency out, its rate in the shipped table counts.
/// A currency that an operator has added has a rate only where the table names it: no currency counts one to one by default.</remarks>
public sealed class CurrencyRates
{
    private readonly CodeTable<double> _referencePerMinorUnit;

    /// <param name="version">The table's name, for example <c>2026-01</c>.</param>
    /// <param name="reference">The reference currency.</param>
    /// <param name="unitsPerReference">Major units of each currency for one unit of the reference; all above zero.</param>
    /// <exception cref="RateTableException">A code is unknown, a rate is not above zero, or that of the reference is not 1.</exception>
    public CurrencyRates(string version, string reference, IReadOnlyDictionary<string, double> unitsPerReference)
    {
        ArgumentNullException.ThrowIfNull(unitsPerReference);
        foreach (var (code, rate) in unitsPerReference)
        {
            if (!Currencies.IsKnown(code) || !(rate > 0) || double.IsInfinity(rate))
            {
                throw new RateTableException(
                    $"Rate '{code}' = {rate}; allowed: ISO 4217 codes, and those of {AddedCodes.CurrenciesKey}, with a finite rate above 0.");
            }
        }

        if (!Currencies.IsKnown(reference) || unitsPerReference.GetValueOrDefault(reference, 1) is not 1)
        {
            throw new RateTableException(
                $"The reference currency is '{reference}', with a rate of {unitsPerReference.GetValueOrDefault(reference, 1)}; "
                + "allowed: an ISO 4217 code, with a rate of 1 or none.");
        }

        Version = version;
        Reference = reference;
        Rates = unitsPerReference;
        // From minor units straight to reference major units: one multiplication on the hot path.
        var referencePerEuro = Currencies.Find(reference)?.UnitsPerEuro;
        _referencePerMinorUnit = new CodeTable<double>(3, Currencies.Codes.Union(unitsPerReference.Keys).Append(reference).Distinct()
            .Where(code => code == reference || unitsPerReference.ContainsKey(code) || referencePerEuro is not null)
            .Select(code => KeyValuePair.Create(code, 1.0 / (Math.Pow(10, Currencies.DecimalsOf(code)) * UnitsOf(code)))));

        double UnitsOf(string code) => code == reference ? 1
            : unitsPerReference.TryGetValue(code, out var units) ? units
            : Currencies.Find(code)!.UnitsPerEuro / referencePerEuro!.Value;
    }

    /// <summary>The shipped table: rounded averages of 2025 for every currency. Good enough for features; not for settlement.</summary>
    public static CurrencyRates Default { get; } = new(
        "2025-average-2", "EUR", Currencies.All.ToDictionary(currency => currency.Code, currency => currency.UnitsPerEuro));

    /// <summary>The table's name.</summary>
    public string Version { get; }

    /// <summary>The reference currency.</summary>
    public string Reference { get; }

    /// <summary>The rates as given, so that the table can be written again.</summary>
    public IReadOnlyDictionary<string, double> Rates { get; }

    /// <summary>Reads a table such as <c>{"version": "2026-01", "reference": "EUR", "unitsPerReference": {"USD": 1.13}}</c>.</summary>
    /// <exception cref="RateTableException">The text is not such a table, or a code or rate is out of range.</exception>
    public static CurrencyRates Parse(string json)
    {
        try
        {
            var table = JsonSerializer.Deserialize<Table>(json, JsonSerializerOptions.Web);
            return table is { Version.Length: > 0, Reference.Length: > 0, UnitsPerReference: { } units }
                ? new CurrencyRates(table.Version, table.Reference, units)
                : throw new RateTableException(
                    "The rate table lacks a field; allowed: version, reference and unitsPerReference.");
        }
        catch (JsonException e)
        {
            throw new RateTableException($"The rate table is not JSON of the expected form: {FaultMessage.Of(e)}.");
        }
    }

    /// <summary>The form that <see cref="Parse"/> reads, with the codes in order: equal tables give equal texts.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new Table(Version, Reference, Rates.OrderBy(rate => rate.Key, StringComparer.Ordinal).ToDictionary()),
        JsonSerializerOptions.Web);

    /// <summary>An amount in major units of the reference currency; NaN where the currency has no rate.</summary>
    public double ToReference(long amountMinor, ReadOnlySpan<char> currency) => Amount(amountMinor, _referencePerMinorUnit[currency]);

    /// <summary>An amount in major units of the reference currency, by the currency's code in ASCII; NaN where it has no rate.</summary>
    public double ToReference(long amountMinor, ReadOnlySpan<byte> currency) => Amount(amountMinor, _referencePerMinorUnit[currency]);

    private static double Amount(long amountMinor, double rate) => rate > 0 ? amountMinor * rate : double.NaN;

    private sealed record Table(string? Version, string? Reference, Dictionary<string, double>? UnitsPerReference);
}
