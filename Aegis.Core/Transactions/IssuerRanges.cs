namespace Aegis.Core.Transactions;

/// <summary>How card numbers of the networks begin, and how long they are.</summary>
/// <remarks>
/// ISO/IEC 7812 gives the shape. The ranges are those that the networks publish for numbers in use. Visa's old numbers of 13 digits
/// are no longer issued and left out, as are UATP's (a 1 and 14 digits): one order number in a hundred of that length looks like one.
/// </remarks>
internal static class IssuerRanges
{
    /// <summary>Digits of the shortest number, Maestro's.</summary>
    public const int MinDigits = 12;

    /// <summary>Digits of the longest number.</summary>
    public const int MaxDigits = 19;

    // A prefix is compared by its first six digits.
    private const int PrefixDigits = 6;

    private static readonly Range[] Ranges =
    [
        new("Visa", 400000, 499999, [16, 19]),
        new("Mastercard", 510000, 559999, [16]),
        new("Mastercard", 222100, 272099, [16]),
        new("American Express", 340000, 349999, [15]),
        new("American Express", 370000, 379999, [15]),
        new("Diners Club", 300000, 305999, [14, 16, 19]),
        new("Diners Club", 309500, 309599, [14, 16, 19]),
        new("Diners Club", 360000, 369999, [14, 16, 19]),
        new("Diners Club", 380000, 399999, [14, 16, 19]),
        // Maestro, Discover, UnionPay, RuPay, Elo, Hipercard, Verve, Dankort and others share these.
        new("Maestro and national networks", 500000, 509999, [16, 19]),
        new("Maestro and national networks", 560000, 589999, [16, 19]),
        new("Maestro and national networks", 600000, 679999, [16, 19]),
        new("Maestro", 500000, 509999, [12, 13, 14, 15, 17, 18], IsMaestro),
        new("Maestro", 560000, 589999, [12, 13, 14, 15, 17, 18], IsMaestro),
        new("Maestro", 600000, 679999, [12, 13, 14, 15, 17, 18], IsMaestro),
        new("UnionPay", 620000, 629999, [17, 18]),
        new("UnionPay", 810000, 817199, [16, 17, 18, 19]),
        new("RuPay", 817200, 829999, [16]),
        new("JCB", 352800, 358999, [16, 17, 18, 19]),
        new("Mir", 220000, 220499, [16, 17, 18, 19]),
        new("Verve", 506099, 506198, [18]),
        new("Verve", 507865, 507964, [18]),
        new("Troy", 979200, 979289, [16]),
        new("Uzcard", 860000, 860099, [16]),
        new("Humo", 986000, 986099, [16]),
        new("Napas", 970400, 970499, [16, 19]),
    ];

    /// <summary>True where a number of so many digits begins like one of a network.</summary>
    /// <param name="digits">ASCII digits, <see cref="MinDigits"/> or more.</param>
    public static bool Cover(ReadOnlySpan<char> digits)
    {
        var prefix = int.Parse(digits[..PrefixDigits]);
        foreach (var range in Ranges)
        {
            if (prefix >= range.From && prefix <= range.To && range.Lengths.Contains(digits.Length)
                && range.Narrow?.Invoke(prefix) != false)
            {
                return true;
            }
        }

        return false;
    }

    // Other lengths than 16 and 19 are in use in these ranges only.
    private static bool IsMaestro(int prefix) => (prefix / 100) is 5018 or 5020 or 5038 or 5612 or 5893 or 6304 or 6390 or 6759
        or (>= 6761 and <= 6763) || prefix is 676770 or 676774;

    /// <param name="Network">Whose numbers they are.</param>
    /// <param name="From">The first six digits of the lowest number.</param>
    /// <param name="To">The first six digits of the highest.</param>
    /// <param name="Lengths">How many digits a number may have.</param>
    /// <param name="Narrow">What else the six digits have to be; null: nothing.</param>
    private sealed record Range(string Network, int From, int To, int[] Lengths, Func<int, bool>? Narrow = null);
}
