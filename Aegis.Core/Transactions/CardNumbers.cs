using System.Text;

namespace Aegis.Core.Transactions;

/// <summary>Recognises card numbers (PANs, ISO/IEC 7812) in text, and keeps them out of what Aegis stores and shows.</summary>
public static class CardNumbers
{
    /// <summary>What stands in a text that is shown, in place of a card number.</summary>
    public const string Masked = "[card number]";

    // A quick look probes every so manieth place.
    private const int ProbeDistance = IssuerRanges.MinDigits;

    /// <summary>True where a card number stands in <paramref name="text"/>: digits with the prefix and length of a network that pass the
    /// Luhn check, with any separators between them and whatever letters beside them.</summary>
    /// <remarks>
    /// One in ten decimal numbers of 16 digits passes the Luhn check, and a quarter of these begin like a card's: no rule can tell them
    /// apart. A UUID as a whole is not searched.
    /// </remarks>
    public static bool Contains(string text) => First(text) is not null;

    /// <summary>False only where no card number can stand in a text: a quick look that spares most texts <see cref="Contains"/>.</summary>
    /// <remarks>A card number takes 12 digits without a letter between them, so one of every 12 places lies among them.</remarks>
    public static bool MayStandIn(ReadOnlySpan<byte> text)
    {
        for (var probe = ProbeDistance - 1; probe < text.Length; probe += ProbeDistance)
        {
            if (IsLetter(text[probe]))
            {
                continue;
            }

            var (from, to, digits) = (probe, probe, 0);
            while (from > 0 && !IsLetter(text[from - 1]))
            {
                from--;
            }

            while (to < text.Length && !IsLetter(text[to]))
            {
                to++;
            }

            foreach (var c in text[from..to])
            {
                digits += IsDigit(c) ? 1 : 0;
            }

            if (digits >= IssuerRanges.MinDigits)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The digits of a card number written with any separators; null where there are letters, or not 12 to 19 digits.</summary>
    public static string? Normalise(string text)
    {
        Span<char> digits = stackalloc char[IssuerRanges.MaxDigits];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == digits.Length)
                {
                    return null;
                }

                digits[count++] = c;
            }
            else if (char.IsLetterOrDigit(c))
            {
                return null;
            }
        }

        return count < IssuerRanges.MinDigits ? null : new string(digits[..count]);
    }

    /// <summary>The check of ISO/IEC 7812-1 annex B over a string of digits.</summary>
    public static bool PassesLuhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1)
            {
                digit *= 2;
                if (digit > 9)
                {
                    digit -= 9;
                }
            }

            sum += digit;
        }

        return digits.Length > 0 && sum % 10 == 0;
    }

    /// <summary>Replaces every card number in a text that is to be shown by <see cref="Masked"/>, with its expiry and service
    /// code.</summary>
    /// <remarks>More careful than <see cref="Contains"/>: it also looks inside longer runs of digits.</remarks>
    public static string Mask(string text) => Replace(text, insideGroups: true, _ => Masked);

    /// <summary>Exchanges every card number that <see cref="Contains"/> finds, with its expiry and service code.</summary>
    /// <param name="text">The text.</param>
    /// <param name="exchange">Makes what stands in from the digits.</param>
    public static string Replace(string text, Func<string, string> exchange) =>
        IsUuid(text) ? text : Replace(text, insideGroups: false, exchange);

    /// <summary>The digits of the first card number that <see cref="Contains"/> finds; null where there is none.</summary>
    public static string? First(string text) => IsUuid(text) ? null : CardNumberFinder.Find(text, 0, insideGroups: false)?.Digits;

    private static string Replace(string text, bool insideGroups, Func<string, string> exchange)
    {
        var (replaced, from) = (new StringBuilder(text.Length), 0);
        while (CardNumberFinder.Find(text, from, insideGroups) is { } found)
        {
            replaced.Append(text, from, found.Start - from).Append(exchange(found.Digits));
            from = found.Start + found.Length;
        }

        return from == 0 ? text : replaced.Append(text, from, text.Length - from).ToString();
    }

    private static bool IsUuid(string text) => Guid.TryParseExact(text, "D", out _);

    private static bool IsLetter(byte c) => char.IsAsciiLetter((char)c);

    private static bool IsDigit(byte c) => char.IsAsciiDigit((char)c);
}
