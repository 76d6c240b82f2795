using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation;

/// <summary>Converts EUR to the money of a city.</summary>
internal sealed class CityMoney
{
    private readonly double _minorPerEuro;
    private readonly double _note;

    /// <param name="currency">ISO 4217; a currency of the shipped rate table.</param>
    public CityMoney(string currency)
    {
        Currency = currency;
        var perEuro = CurrencyRates.Default.Rates[currency];
        double minorPerMajor = 1;
        for (var i = Currencies.DecimalsOf(currency); i > 0; i--)
        {
            minorPerMajor *= 10;
        }

        _minorPerEuro = perEuro * minorPerMajor;
        // The power of ten between 3.3 and 33 EUR.
        _note = 10 * minorPerMajor;
        while (_note * 10 <= 33 * _minorPerEuro)
        {
            _note *= 10;
        }
    }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; }

    /// <summary>An amount in minor units, at least one unit; rounded to bank notes if asked for.</summary>
    public long MinorOf(double euros, bool inNotes)
    {
        var minor = euros * _minorPerEuro;
        return (long)(inNotes ? Math.Max(1, Math.Round(minor / _note)) * _note : Math.Max(1, Math.Round(minor)));
    }
}
