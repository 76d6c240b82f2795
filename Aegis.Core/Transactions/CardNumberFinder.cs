using System.Globalization;
using System.Text.RegularExpressions;

namespace Aegis.Core.Transactions;

/// <summary>A card number inside a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many characters it takes, with the expiry and service code that belong to it.</param>
/// <param name="Digits">Its digits, without separators.</param>
internal readonly record struct CardNumberMatch(int Start, int Length, string Digits);

/// <summary>Finds card numbers in any text: groups of digits that together have an issuer's prefix and length and pass the Luhn
/// check.</summary>
/// <remarks>
/// Whole groups count, with up to three characters that are neither letters nor digits between two of them: blanks, dots, dashes,
/// slashes, lines. Letters may stand beside a number and never inside it. Digits of all scripts count.
/// </remarks>
internal static partial class CardNumberFinder
{
    private const int MaxGap = 3;

    // Digests and identifiers in hexadecimal have so many digits; a number among their letters is there by chance.
    private const int MinDigest = 32;
    private const int MinDigestLetterRuns = 3;

    // How far to look for the letters of a digest: a text of millions of digits is read once, not once a hit.
    private const int MaxDigestReach = 128;

    /// <summary>Finds the first card number from a place on.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where to begin; no digit may stand before it.</param>
    /// <param name="insideGroups">True: a part of one run of digits counts too, which finds more by chance.</param>
    /// <returns>Null where there is none.</returns>
    public static CardNumberMatch? Find(string text, int from, bool insideGroups)
    {
        Span<char> digits = stackalloc char[IssuerRanges.MaxDigits];
        for (var start = from; start < text.Length; start++)
        {
            if (!IsDigit(text[start], out _))
            {
                continue;
            }

            var beginsGroup = start == 0 || !IsDigit(text[start - 1], out _);
            if ((beginsGroup || insideGroups)
                && EndAt(text, start, beginsGroup, insideGroups, digits, out var count) is var end && end > start
                && !IsInDigest(text, start, end))
            {
                return new CardNumberMatch(start, end - start + TailLength(text, end), new string(digits[..count]));
            }
        }

        return null;
    }

    /// <summary>The end of the longest card number that begins at a digit; <paramref name="start"/> where none does.</summary>
    private static int EndAt(string text, int start, bool beginsGroup, bool insideGroups, Span<char> digits, out int found)
    {
        var (count, gap, end) = (0, 0, start);
        found = 0;
        for (var i = start; i < text.Length; i++)
        {
            if (IsDigit(text[i], out var digit))
            {
                if (count == digits.Length)
                {
                    break;
                }

                digits[count++] = digit;
                gap = 0;
                var isWhole = beginsGroup && (i + 1 == text.Length || !IsDigit(text[i + 1], out _));
                var isOneRun = i + 1 - start == count;
                if ((isWhole || (insideGroups && isOneRun)) && IsCardNumber(digits[..count]))
                {
                    (found, end) = (count, i + 1);
                }
            }
            else if (char.IsLetter(text[i]) || ++gap > MaxGap)
            {
                break;
            }
        }

        return end;
    }

    private static bool IsCardNumber(ReadOnlySpan<char> digits) =>
        digits.Length >= IssuerRanges.MinDigits && IssuerRanges.Cover(digits) && CardNumbers.PassesLuhn(digits);

    private static bool IsDigit(char c, out char digit)
    {
        var value = char.IsAscii(c) ? c - '0' : CharUnicodeInfo.GetDecimalDigitValue(c);
        digit = (char)('0' + value);
        return value is >= 0 and <= 9;
    }

    /// <summary>True where the number lies in one word of many hexadecimal digits with letters among them.</summary>
    private static bool IsInDigest(string text, int start, int end)
    {
        var (first, last) = (Math.Max(0, start - MaxDigestReach), Math.Min(text.Length, end + MaxDigestReach));
        while (start > first && char.IsAsciiHexDigit(text[start - 1]))
        {
            start--;
        }

        while (end < last && char.IsAsciiHexDigit(text[end]))
        {
            end++;
        }

        var letterRuns = 0;
        for (var i = start; i < end; i++)
        {
            if (!char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }

            letterRuns += char.IsAsciiLetter(text[i]) && (i == start || !char.IsAsciiLetter(text[i - 1])) ? 1 : 0;
        }

        return end - start >= MinDigest && letterRuns >= MinDigestLetterRuns;
    }

    private static int TailLength(string text, int end) => Tail().Match(text, end) is { Success: true } tail ? tail.Length : 0;

    // What follows a number on a magnetic stripe (track 2, then track 1), or an expiry and check value beside it.
    [GeneratedRegex(@"\G(?:[=Dd]\d{4}[0-9=F?]*|\^[^^]{0,40}\^[0-9 ]*\??|[\s;,|/:+-]{1,3}(?:0[1-9]|1[0-2])[\s/.|-]?(?:20)?\d{2}(?:[\s;,|/:+-]{1,3}\d{3,4})?(?!\d))")]
    private static partial Regex Tail();
}
