using System.Globalization;
using System.Text;
using ADRaffy.ENSNormalize;

namespace Aegis.Core.Transactions;

/// <summary>The rules of a merchant's name: Unicode text for people, in one spelling and without characters that deceive the eye.</summary>
public static class MerchantNames
{
    /// <summary>The largest number of UTF-16 characters.</summary>
    public const int MaxLength = 128;

    /// <summary>Allowed for a name.</summary>
    public const string Allowed = "1 to 128 characters of text without control characters and without marks that turn its direction";

    /// <summary>The name as it is kept: in Unicode's composed form (NFC), without blanks around it.</summary>
    /// <param name="text">Well-formed Unicode.</param>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // The runtime's own normalisation needs libraries of the system that Aegis runs without.
        return Ascii.IsValid(text) ? text.Trim() : ENSNormalize.NF.NFC(text).Trim();
    }

    /// <summary>The name as it is compared in a search: without accents, in one case, with single blanks.</summary>
    /// <param name="text">Well-formed Unicode.</param>
    public static string Fold(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = new StringBuilder(text.Length);
        foreach (var rune in (Ascii.IsValid(text) ? text : ENSNormalize.NF.NFD(text)).Trim().EnumerateRunes())
        {
            var isBlank = Rune.IsWhiteSpace(rune);
            if (!isBlank && Rune.GetUnicodeCategory(rune) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(Rune.ToUpperInvariant(rune).ToString());
            }
            else if (isBlank && folded.Length > 0 && folded[^1] != ' ')
            {
                folded.Append(' ');
            }
        }

        return folded.ToString();
    }

    /// <summary>True for a name of valid length and characters, in the form that <see cref="Normalise"/> gives.</summary>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is >= 1 and <= MaxLength && IsHarmless(text) && Normalise(text) == text;
    }

    /// <summary>True for a text of well-formed Unicode without control characters and without marks that turn its direction.</summary>
    public static bool IsHarmless(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsUnicode(text) && !text.Any(Deceives);
    }

    /// <summary>True for a name of plain ASCII. If false, ask <see cref="IsName"/>.</summary>
    public static bool IsPlainName(ReadOnlySpan<byte> text) =>
        text.Length is >= 1 and <= MaxLength && !text.ContainsAnyExceptInRange((byte)' ', (byte)'~') && text[0] != ' ' && text[^1] != ' ';

    private static bool IsUnicode(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && ++i < text.Length && char.IsLowSurrogate(text[i])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Controls, line breaks, and the marks that make following text run the other way.</summary>
    private static bool Deceives(char c) =>
        char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || c is '\u061c' or '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
