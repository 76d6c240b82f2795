using System.Text.Json;

namespace Aegis.Core.Transactions;

/// <summary>A versioned table of exchange rates. Amount features are in the reference currency, so that payments abroad
/// are comparable.</summary>
/// <remarks>The version is part of every model and decision. A currency without a rate counts one to one; this is meant
/// only for the currencies of small islands.</remarks>
public sealed class CurrencyRates
{
    private readonly CodeTable<double> _referencePerMinorUnit;

    /// <param name="version">The table's name, for example <c>2026-01</c>.</param>
    /// <param name="reference">The reference currency.</param>
    /// <param name="unitsPerReference">Major units of each currency for one unit of the reference; all above zero.</param>
    /// <exception cref="ArgumentException">A code is unknown or a rate is not above zero.</exception>
    public CurrencyRates(string version, string reference, IReadOnlyDictionary<string, double> unitsPerReference)
    {
        ArgumentNullException.ThrowIfNull(unitsPerReference);
        foreach (var (code, rate) in unitsPerReference)
        {
            if (!Currencies.IsKnown(code) || !(rate > 0) || double.IsInfinity(rate))
            {
                throw new ArgumentException(
                    $"Rate '{code}' = {rate}; allowed: ISO 4217 codes with a finite rate above 0.", nameof(unitsPerReference));
            }
        }

        Version = version;
        Reference = reference;
        Rates = unitsPerReference;
        // From minor units straight to reference major units: one multiplication on the hot path.
        _referencePerMinorUnit = new CodeTable<double>(3, Currencies.Codes.Select(code => KeyValuePair.Create(
            code, 1.0 / (Math.Pow(10, Currencies.DecimalsOf(code)) * unitsPerReference.GetValueOrDefault(code, 1.0)))));
    }

    /// <summary>Rounded yearly averages: good enough for features, but not for settlement.</summary>
    public static CurrencyRates Default { get; } = new("2025-average", "EUR", new Dictionary<string, double>
    {
        ["EUR"] = 1, ["USD"] = 1.13, ["GBP"] = 0.857, ["CHF"] = 0.937, ["SEK"] = 11.07, ["NOK"] = 11.72, ["DKK"] = 7.463,
        ["PLN"] = 4.24, ["CZK"] = 24.7, ["HUF"] = 398, ["RON"] = 5.04, ["BGN"] = 1.9558, ["TRY"] = 44.7, ["JPY"] = 169,
        ["CNY"] = 8.12, ["HKD"] = 8.81, ["SGD"] = 1.475, ["KRW"] = 1605, ["INR"] = 98.5, ["IDR"] = 18600, ["THB"] = 37.1,
        ["AUD"] = 1.75, ["NZD"] = 1.94, ["CAD"] = 1.578, ["MXN"] = 21.7, ["BRL"] = 6.31, ["ZAR"] = 20.2, ["AED"] = 4.15,
        ["ILS"] = 3.9, ["EGP"] = 56.8, ["MAD"] = 10.5, ["NGN"] = 1710, ["VND"] = 29500, ["PHP"] = 65, ["MYR"] = 4.83,
        ["TWD"] = 35.2, ["ARS"] = 1400, ["CLP"] = 1075, ["COP"] = 4560, ["UAH"] = 47.1, ["RUB"] = 94.5, ["ISK"] = 144,
    });

    /// <summary>The table's name.</summary>
    public string Version { get; }

    /// <summary>The reference currency.</summary>
    public string Reference { get; }

    /// <summary>The rates as given, so that the table can be written again.</summary>
    public IReadOnlyDictionary<string, double> Rates { get; }

    /// <summary>Reads a table such as <c>{"version": "2026-01", "reference": "EUR", "unitsPerReference": {"USD": 1.13}}</c>.</summary>
    /// <exception cref="ArgumentException">The text is not such a table, or a code or rate is out of range.</exception>
    public static CurrencyRates Parse(string json)
    {
        try
        {
            var table = JsonSerializer.Deserialize<Table>(json, JsonSerializerOptions.Web);
            return table is { Version.Length: > 0, Reference.Length: > 0, UnitsPerReference: { } units }
                ? new CurrencyRates(table.Version, table.Reference, units)
                : throw new ArgumentException(
                    "The rate table lacks a field; allowed: version, reference and unitsPerReference.", nameof(json));
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The rate table is not JSON of the expected form: {e.Message}", nameof(json), e);
        }
    }

    /// <summary>An amount in major units of the reference currency.</summary>
    public double ToReference(long amountMinor, ReadOnlySpan<char> currency) => amountMinor * _referencePerMinorUnit[currency];

    /// <summary>An amount in major units of the reference currency, by the currency's code in ASCII.</summary>
    public double ToReference(long amountMinor, ReadOnlySpan<byte> currency) => amountMinor * _referencePerMinorUnit[currency];

    private sealed record Table(string? Version, string? Reference, Dictionary<string, double>? UnitsPerReference);
}
