using System.Collections.Frozen;

namespace Aegis.Core.Transactions;

/// <summary>ISO 4217 currencies and the decimals of their minor units.</summary>
public static class Currencies
{
    private static readonly FrozenDictionary<string, int> Decimals = Build();
    private static readonly CodeTable<bool> Known = new(3, Decimals.Keys.Select(code => KeyValuePair.Create(code, true)));

    /// <summary>True for a code of the table, in capitals.</summary>
    public static bool IsKnown(string? code) => Known[code.AsSpan()];

    /// <summary>True for a code of the table, in capitals, in ASCII.</summary>
    public static bool IsKnown(ReadOnlySpan<byte> code) => Known[code];

    /// <summary>Decimals of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD.</summary>
    /// <exception cref="KeyNotFoundException">The code is not in the table.</exception>
    public static int DecimalsOf(string code) => Decimals[code];

    /// <summary>All known codes.</summary>
    public static IEnumerable<string> Codes => Decimals.Keys;

    /// <summary>An amount in major units with the currency's decimals, for example <c>4,120.00 EUR</c>.</summary>
    public static string Format(long amountMinor, string currency)
    {
        var decimals = Decimals.GetValueOrDefault(currency, 2);
        return $"{(amountMinor / Math.Pow(10, decimals)).ToString("N" + decimals)} {currency}";
    }

    private static FrozenDictionary<string, int> Build()
    {
        const string Two =
            "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC " +
            "CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES " +
            "KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR " +
            "NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT " +
            "TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG";
        var table = Two.Split(' ').ToDictionary(code => code, _ => 2, StringComparer.Ordinal);
        foreach (var code in "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".Split(' '))
        {
            table[code] = 0;
        }

        foreach (var code in "BHD IQD JOD KWD LYD OMR TND".Split(' '))
        {
            table[code] = 3;
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
