using System.Globalization;

namespace Aegis.Core.Transactions;

/// <summary>Codes that an operator adds to those of ISO: currencies of a scheme of its own, countries that a network names.</summary>
/// <remarks>They hold for the whole process and are taken before its first payment: every door accepts the same.</remarks>
public static class AddedCodes
{
    /// <summary>The setting that holds the currencies.</summary>
    public const string CurrenciesKey = "Codes:Currencies";

    /// <summary>The setting that holds the countries.</summary>
    public const string CountriesKey = "Codes:Countries";

    private const int MaxDecimals = 8;

    /// <summary>What is wrong with the currencies, such as <c>PTS:0,GLD:3</c>; null if they may be added.</summary>
    public static string? FaultOfCurrencies(string? text)
    {
        foreach (var item in Items(text))
        {
            if (!TryCurrency(item, out var code, out _))
            {
                return $"{CurrenciesKey} has '{item}'; allowed: three capital letters, a colon and the digits of the minor unit, 0 to {MaxDecimals}, such as PTS:0.";
            }

            if (Currencies.IsShipped(code))
            {
                return $"{CurrenciesKey} has '{item}'; allowed: a code that ISO 4217 does not have.";
            }
        }

        return null;
    }

    /// <summary>What is wrong with the countries, such as <c>XA,XZ</c>; null if they may be added.</summary>
    public static string? FaultOfCountries(string? text)
    {
        foreach (var item in Items(text))
        {
            if (item.Length != 2 || !item.All(char.IsAsciiLetterUpper))
            {
                return $"{CountriesKey} has '{item}'; allowed: two capital letters, such as XA.";
            }

            if (Countries.IsShipped(item))
            {
                return $"{CountriesKey} has '{item}'; allowed: a code that ISO 3166-1 does not have.";
            }
        }

        return null;
    }

    /// <summary>Adds codes.</summary>
    /// <exception cref="FormatException">A code is malformed, or ISO has it; the message names it.</exception>
    public static void Take(string? currencies, string? countries)
    {
        if ((FaultOfCurrencies(currencies) ?? FaultOfCountries(countries)) is { } fault)
        {
            throw new FormatException(fault);
        }

        foreach (var item in Items(currencies))
        {
            TryCurrency(item, out var code, out var decimals);
            Currencies.Add(code, decimals);
        }

        foreach (var item in Items(countries))
        {
            Countries.Add(item);
        }
    }

    /// <summary>Adds the codes that the environment variables <c>Codes__Currencies</c> and <c>Codes__Countries</c> hold.</summary>
    /// <exception cref="FormatException">A code is malformed, or ISO has it; the message names it.</exception>
    public static void TakeFromEnvironment() => Take(Variable(CurrenciesKey), Variable(CountriesKey));

    private static string? Variable(string key) =>
        Environment.GetEnvironmentVariable(key.Replace(":", "__", StringComparison.Ordinal));

    private static string[] Items(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool TryCurrency(string item, out string code, out int decimals)
    {
        var parts = item.Split(':');
        (code, decimals) = (parts[0], 0);
        return parts.Length == 2 && code.Length == 3 && code.All(char.IsAsciiLetterUpper)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out decimals) && decimals <= MaxDecimals;
    }
}
