namespace Aegis.Rules.Language;

/// <summary>The kinds of words of a condition.</summary>
internal enum TokenKind
{
    /// <summary>The condition's end.</summary>
    End,

    /// <summary>A number without sign, for example <c>12.5</c>.</summary>
    Number,

    /// <summary>A text in single or double quotes.</summary>
    Text,

    /// <summary>A name of lower-case letters, digits and underscores.</summary>
    Name,

    /// <summary>One of <c>and or not in is missing</c>.</summary>
    Keyword,

    /// <summary>An operator, a bracket or a comma.</summary>
    Symbol,
}

/// <summary>A word of a condition.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Value">The word; of a text, what stands between the quotes.</param>
/// <param name="Column">Where it begins, counted from 1.</param>
/// <param name="Number">The value of a number.</param>
internal readonly record struct Token(TokenKind Kind, string Value, int Column, double Number = 0)
{
    /// <summary>True for this keyword or symbol.</summary>
    public bool Is(string word) => Kind is TokenKind.Keyword or TokenKind.Symbol && Value == word;

    /// <summary>The word as error texts show it.</summary>
    public string Shown() => Kind == TokenKind.End ? "the end" : $"'{Value}'";
}
