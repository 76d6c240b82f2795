using System.Globalization;

namespace Aegis.Rules.Language;

/// <summary>Splits a condition into words.</summary>
internal static class Tokeniser
{
    /// <summary>The longest condition, in UTF-16 code units.</summary>
    public const int MaxLength = 2_000;

    // Longer symbols come before those that they begin with.
    private static readonly string[] Symbols = ["<=", ">=", "==", "!=", "<", ">", "+", "-", "*", "/", "(", ")", ","];
    private static readonly string[] Keywords = ["and", "or", "not", "in", "is", "missing"];

    /// <summary>All words; the last is the end.</summary>
    /// <exception cref="RuleFaultException">The condition is too long, or a character or number is not allowed.</exception>
    public static List<Token> Split(string condition)
    {
        if (condition.Length > MaxLength)
        {
            throw new RuleFaultException(
                MaxLength + 1, $"the condition has {condition.Length:N0} characters; allowed: at most {MaxLength:N0}.");
        }

        var tokens = new List<Token>();
        for (var at = 0; at < condition.Length;)
        {
            if (char.IsWhiteSpace(condition[at]))
            {
                at++;
                continue;
            }

            var token = Next(condition, at, out var length);
            tokens.Add(token);
            at += length;
        }

        tokens.Add(new Token(TokenKind.End, "", condition.Length + 1));
        return tokens;
    }

    private static Token Next(string condition, int at, out int length)
    {
        var c = condition[at];
        if (char.IsAsciiDigit(c) || c == '.')
        {
            return Number(condition, at, out length);
        }

        if (c is '\'' or '"')
        {
            return Text(condition, at, out length);
        }

        if (char.IsAsciiLetter(c) || c == '_')
        {
            length = LengthWhile(condition, at, static c => char.IsAsciiLetterOrDigit(c) || c == '_');
            var word = condition.Substring(at, length);
            return new Token(Keywords.Contains(word) ? TokenKind.Keyword : TokenKind.Name, word, at + 1);
        }

        var symbol = Symbols.FirstOrDefault(symbol => string.CompareOrdinal(condition, at, symbol, 0, symbol.Length) == 0)
            ?? throw new RuleFaultException(at + 1, NotAllowed(condition, at));
        length = symbol.Length;
        return new Token(TokenKind.Symbol, symbol, at + 1);
    }

    private static string NotAllowed(string condition, int at) => condition[at] switch
    {
        '=' => "'=' alone compares nothing; allowed: '=='.",
        '&' => "'&' is not allowed; allowed: 'and'.",
        '|' => "'|' is not allowed; allowed: 'or'.",
        '!' => "'!' alone is not allowed; allowed: 'not', '!='.",
        >= ' ' and <= '~' => $"'{condition[at]}' is not allowed; allowed: names, numbers, texts in quotes and {string.Join(' ', Symbols)}",
        _ => $"the character U+{(int)condition[at]:X4} is not allowed outside of quotes.",
    };

    private static Token Number(string condition, int at, out int length)
    {
        // Letters belong to it, so that 5x is one wrong number and not two words.
        length = LengthWhile(condition, at, static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_');
        var word = condition.Substring(at, length);
        var isNumber = double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number);
        return isNumber && double.IsFinite(number)
            ? new Token(TokenKind.Number, word, at + 1, number)
            : throw new RuleFaultException(at + 1, $"'{word}' is not a number; allowed: digits and one decimal point, for example 12.5.");
    }

    private static Token Text(string condition, int at, out int length)
    {
        var end = condition.IndexOf(condition[at], at + 1);
        if (end < 0)
        {
            throw new RuleFaultException(at + 1, $"the text is not closed; allowed: another {condition[at]} at its end.");
        }

        length = end + 1 - at;
        return new Token(TokenKind.Text, condition[(at + 1)..end], at + 1);
    }

    private static int LengthWhile(string condition, int at, Func<char, bool> belongs)
    {
        var end = at;
        while (end < condition.Length && belongs(condition[end]))
        {
            end++;
        }

        return end - at;
    }
}
