using Aegis.Rules.Names;

namespace Aegis.Rules.Language;

/// <summary>Reads a condition and checks its types.</summary>
/// <remarks>
/// <code>
/// condition  = all {"or" all}
/// all        = one {"and" one}
/// one        = "not" one | value [comparison]
/// comparison = ("&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "==" | "!=") value
///            | ["not"] "in" (list | "(" literal {"," literal} ")") | "is" ["not"] "missing"
/// value      = product {("+" | "-") product}
/// product    = factor {("*" | "/") factor}
/// factor     = "-" factor | number | text | name | "(" condition ")"
/// </code>
/// </remarks>
internal sealed class Parser
{
    /// <summary>The most parts of a condition, which bounds its cost.</summary>
    public const int MaxParts = 200;

    /// <summary>The most literals of a set.</summary>
    public const int MaxLiterals = 100;

    private const int MaxDepth = 32;

    private readonly RuleNames _names;
    private readonly List<Token> _tokens;
    private int _next;
    private int _parts;
    private int _depth;

    private Parser(RuleNames names, List<Token> tokens) => (_names, _tokens) = (names, tokens);

    private Token Token => _tokens[_next];

    /// <summary>Reads a condition.</summary>
    /// <param name="condition">The text.</param>
    /// <param name="names">The names that it may use.</param>
    /// <exception cref="RuleFaultException">The condition has a fault; the first is reported.</exception>
    public static Expression Parse(string condition, RuleNames names)
    {
        var parser = new Parser(names, Tokeniser.Split(condition));
        var parsed = parser.Condition();
        if (parser.Token.Kind != TokenKind.End)
        {
            throw parser.Token.Is("<") || parser.Token.Is(">") || parser.Token.Is("==")
                ? parser.Fault("comparisons cannot be chained; allowed: 'and' between two of them.")
                : parser.Fault($"{parser.Token.Shown()} is too much; allowed: 'and', 'or' or the end.");
        }

        return Types.IsTruth(parsed) ? parsed : throw new RuleFaultException(
            parsed.Column, $"the condition is {Types.Shown(parsed)}; allowed: a comparison, for example 'amount > 900'.");
    }

    private Expression Condition()
    {
        var left = All();
        while (Token.Is("or"))
        {
            left = Joined(isAnd: false, left, All);
        }

        return left;
    }

    private Expression All()
    {
        var left = One();
        while (Token.Is("and"))
        {
            left = Joined(isAnd: true, left, One);
        }

        return left;
    }

    private Junction Joined(bool isAnd, Expression left, Func<Expression> part)
    {
        var column = Take().Column;
        return Part(new Junction(isAnd, Types.Truth(left), Types.Truth(part()), column));
    }

    private Expression One()
    {
        if (Token.Is("not"))
        {
            var column = Take().Column;
            return Part(new Negation(Types.Truth(Deeper(One)), column));
        }

        var value = Value();
        return Token switch
        {
            { Kind: TokenKind.Symbol, Value: "<" or "<=" or ">" or ">=" or "==" or "!=" } => Compared(value),
            var token when token.Is("in") || token.Is("not") => Member(value),
            var token when token.Is("is") => IsMissing(value),
            _ => value,
        };
    }

    private Comparison Compared(Expression left)
    {
        var token = Take();
        return Part(Types.Check(new Comparison(token.Value, left, Value(), token.Column)));
    }

    private Expression Member(Expression value)
    {
        var column = Token.Column;
        var isNegated = Skip("not");
        Expect("in", "'in' after 'not', for example country not in ('DE', 'FR')");
        if (Token.Kind == TokenKind.Name)
        {
            return OnList(value, isNegated, column);
        }

        Expect("(", "a list's name, or a set in brackets, for example ('DE', 'FR')");
        var literals = new List<Expression>();
        do
        {
            literals.Add(Literal());
        }
        while (Skip(","));
        Expect(")", "',' or ')' after a value of the set");
        return literals.Count <= MaxLiterals
            ? Part(Types.Check(new Membership(value, literals, isNegated, column)))
            : throw new RuleFaultException(column, $"the set has {literals.Count} values; allowed: at most {MaxLiterals}.");
    }

    private Listed OnList(Expression value, bool isNegated, int column)
    {
        var list = Take();
        return value is Reference { Name: var name }
            ? Part(new Listed(_names.On(name, list.Value, list.Column), isNegated, column))
            : throw new RuleFaultException(value.Column, $"{Types.Shown(value)} cannot be on a list; allowed: a name before 'in'.");
    }

    private Missing IsMissing(Expression value)
    {
        var column = Take().Column;
        var isNegated = Skip("not");
        Expect("missing", "'missing' or 'not missing' after 'is'");
        return value is Reference
            ? Part(new Missing(value, isNegated, column))
            : throw new RuleFaultException(value.Column, $"{Types.Shown(value)} cannot be missing; allowed: a name before 'is missing'.");
    }

    private Expression Literal()
    {
        var isNegative = Skip("-");
        var token = Take();
        return token.Kind switch
        {
            TokenKind.Number => Part(new NumberLiteral(isNegative ? -token.Number : token.Number, token.Column)),
            TokenKind.Text when !isNegative => Part(new TextLiteral(token.Value, token.Column)),
            _ => throw new RuleFaultException(
                token.Column, $"{token.Shown()} cannot stand in a set; allowed: a number or a text in quotes."),
        };
    }

    private Expression Value()
    {
        var left = Product();
        while (Token.Is("+") || Token.Is("-"))
        {
            left = Computed(left, Product);
        }

        return left;
    }

    private Expression Product()
    {
        var left = Factor();
        while (Token.Is("*") || Token.Is("/"))
        {
            left = Computed(left, Factor);
        }

        return left;
    }

    private Arithmetic Computed(Expression left, Func<Expression> part)
    {
        var token = Take();
        return Part(new Arithmetic(token.Value, Types.Number(left), Types.Number(part()), token.Column));
    }

    private Expression Factor()
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Number:
                return Part(new NumberLiteral(token.Number, token.Column));
            case TokenKind.Text:
                return Part(new TextLiteral(token.Value, token.Column));
            case TokenKind.Name:
                return Part(new Reference(_names.Named(token.Value, token.Column), token.Column));
            case var _ when token.Is("-"):
                return Part(new Arithmetic("-", new NumberLiteral(0, token.Column), Types.Number(Deeper(Factor)), token.Column));
            case var _ when token.Is("("):
                var inner = Deeper(Condition);
                Expect(")", "')' for the '(' before");
                return inner;
            default:
                throw new RuleFaultException(
                    token.Column, $"{token.Shown()} stands where a value is expected; allowed: a name, a number, a text in quotes or '('.");
        }
    }

    private Expression Deeper(Func<Expression> part)
    {
        if (++_depth > MaxDepth)
        {
            throw Fault($"the condition is nested more than {MaxDepth} deep; allowed: at most {MaxDepth}.");
        }

        var parsed = part();
        _depth--;
        return parsed;
    }

    private T Part<T>(T part)
        where T : Expression => ++_parts <= MaxParts
            ? part
            : throw new RuleFaultException(part.Column, $"the condition has more than {MaxParts} parts; allowed: at most {MaxParts}.");

    private Token Take() => Token.Kind == TokenKind.End ? Token : _tokens[_next++];

    private bool Skip(string word)
    {
        var isIt = Token.Is(word);
        _next += isIt ? 1 : 0;
        return isIt;
    }

    private void Expect(string word, string allowed)
    {
        if (!Skip(word))
        {
            throw Fault($"{Token.Shown()} stands here; allowed: {allowed}.");
        }
    }

    private RuleFaultException Fault(string text) => new(Token.Column, text);
}
