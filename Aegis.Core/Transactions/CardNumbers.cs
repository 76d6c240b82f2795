namespace Aegis.Core.Transactions;

/// <summary>Recognises card numbers (PANs, ISO/IEC 7812) in text and keeps them out of what Aegis stores and says.</summary>
public static class CardNumbers
{
    private const int MinDigits = 13;
    private const int MaxDigits = 19;

    /// <summary>True where <paramref name="text"/> is 13 to 19 digits, spaces and hyphens aside, that pass the Luhn check.</summary>
    public static bool IsCardNumber(string? text) => text is not null && Normalise(text) is { } digits && PassesLuhn(digits);

    /// <summary>True where a card number of a known issuer range stands in <paramref name="text"/> with neither letters nor digits beside
    /// it.</summary>
    /// <remarks>
    /// Hexadecimal tokens hold runs of digits that would pass by chance (one of 20,000 simulated cards had one); letters beside a run tell
    /// them.
    /// A UUID as a whole is not searched: its last groups pass by chance once in 100,000.
    /// </remarks>
    public static bool Contains(string text)
    {
        if (Guid.TryParseExact(text, "D", out _))
        {
            return false;
        }

        for (var start = 0; start < text.Length; start++)
        {
            if (char.IsAsciiDigit(text[start]) && (start == 0 || !char.IsAsciiLetterOrDigit(text[start - 1]))
                && FindAt(text, start) is { Length: > 0 } found
                && (start + found.Length == text.Length || !char.IsAsciiLetterOrDigit(text[start + found.Length])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>False only where no card number can stand in a text: a quick look that spares most texts <see cref="Contains"/>.</summary>
    /// <remarks>A card number takes 13 digits, spaces and hyphens in a row, one of which lies on every 13th place.</remarks>
    public static bool MayStandIn(ReadOnlySpan<byte> text)
    {
        for (var probe = MinDigits - 1; probe < text.Length; probe += MinDigits)
        {
            var from = probe;
            while (from >= 0 && IsDigitOrSeparator(text[from]))
            {
                from--;
            }

            var to = probe + 1;
            while (from < probe && to < text.Length && IsDigitOrSeparator(text[to]))
            {
                to++;
            }

            if (to - from - 1 >= MinDigits)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDigitOrSeparator(byte c) => c is (>= (byte)'0' and <= (byte)'9') or (byte)' ' or (byte)'-';

    /// <summary>The digits of a card number written with or without spaces and hyphens; null where the shape is another.</summary>
    public static string? Normalise(string text)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == MaxDigits)
                {
                    return null;
                }

                digits[count++] = c;
            }
            else if (c is not (' ' or '-'))
            {
                return null;
            }
        }

        return count < MinDigits ? null : new string(digits[..count]);
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

    /// <summary>Replaces every card number inside <paramref name="text"/>, whatever stands around it, by its first six and last four
    /// digits.</summary>
    public static string Mask(string text)
    {
        var masked = new System.Text.StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            if (char.IsAsciiDigit(text[i]) && FindAt(text, i) is { Length: > 0 } found)
            {
                masked.Append(found.Digits.AsSpan(0, 6)).Append('…').Append(found.Digits.AsSpan(found.Digits.Length - 4));
                i += found.Length;
            }
            else
            {
                masked.Append(text[i++]);
            }
        }

        return masked.ToString();
    }

    /// <summary>The longest card number that begins at a digit, with single spaces and hyphens inside; a length of 0 where none
    /// does.</summary>
    private static (int Length, string Digits) FindAt(string text, int start)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        (int, string) found = (0, "");
        var count = 0;
        for (var i = start; i < text.Length && count < MaxDigits; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                digits[count++] = text[i];
                if (count >= MinDigits && IsIssuerRange(digits[..count]) && PassesLuhn(digits[..count]))
                {
                    found = (i + 1 - start, new string(digits[..count]));
                }
            }
            else if (text[i] is not (' ' or '-') || !char.IsAsciiDigit(text[i - 1]))
            {
                break;
            }
        }

        return found;
    }

    /// <summary>Whether a number of this length begins like one of the card schemes' ranges.</summary>
    private static bool IsIssuerRange(ReadOnlySpan<char> digits)
    {
        var four = int.Parse(digits[..4]);
        return (digits.Length, four) switch
        {
            (13 or 16 or 19, >= 4000 and <= 4999) => true,
            (16, (>= 5100 and <= 5599) or (>= 2221 and <= 2720) or (>= 3528 and <= 3589)) => true,
            (15, (>= 3400 and <= 3499) or (>= 3700 and <= 3799)) => true,
            (14, (>= 3000 and <= 3059) or (>= 3600 and <= 3699) or (>= 3800 and <= 3999)) => true,
            (>= 16, (>= 6000 and <= 6999) or (>= 5000 and <= 5099) or (>= 5600 and <= 5899)) => true,
            _ => false,
        };
    }
}
