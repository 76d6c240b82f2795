namespace Aegis.Core.Transactions;

/// <summary>Recognises card numbers (PANs, ISO/IEC 7812) in text and keeps them out of what Aegis stores and says.</summary>
public static class CardNumbers
{
    private const int Shortest = 13;
    private const int Longest = 19;

    /// <summary>True where <paramref name="text"/> is 13 to 19 digits, spaces and hyphens aside, that pass the Luhn check.</summary>
    public static bool IsCardNumber(string? text) => text is not null && Normalise(text) is { } digits && PassesLuhn(digits);

    /// <summary>The digits of a card number written with or without spaces and hyphens; null where the shape is another.</summary>
    public static string? Normalise(string text)
    {
        Span<char> digits = stackalloc char[Longest];
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                if (count == Longest)
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

        return count < Shortest ? null : new string(digits[..count]);
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

    /// <summary>Replaces every card number inside <paramref name="text"/> by its first six and last four digits.</summary>
    public static string Mask(string text)
    {
        var masked = text;
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsAsciiDigit(text[start]) || (start > 0 && char.IsAsciiDigit(text[start - 1])))
            {
                continue;
            }

            var end = RunEnd(text, start);
            if (Normalise(text[start..end]) is { } digits && PassesLuhn(digits))
            {
                masked = masked.Replace(text[start..end], $"{digits[..6]}…{digits[^4..]}", StringComparison.Ordinal);
                start = end;
            }
        }

        return masked;
    }

    /// <summary>The end of a run of digits in which single spaces or hyphens may stand.</summary>
    private static int RunEnd(string text, int start)
    {
        var end = start;
        while (end < text.Length
            && (char.IsAsciiDigit(text[end])
                || (text[end] is ' ' or '-' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        return end;
    }
}
