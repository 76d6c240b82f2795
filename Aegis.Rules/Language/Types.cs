using Aegis.Rules.Names;

namespace Aegis.Rules.Language;

/// <summary>The rules of types: what may be compared and joined with what.</summary>
internal static class Types
{
    /// <summary>True for what is true or false.</summary>
    public static bool IsTruth(Expression part) => part is Comparison or Membership or Listed or Missing or Junction or Negation;

    /// <summary>The part, if it is true or false.</summary>
    public static Expression Truth(Expression part) => IsTruth(part) ? part : throw new RuleFaultException(
        part.Column, $"{Shown(part)} is neither true nor false; allowed: a comparison, for example 'amount > 900'.");

    /// <summary>The part, if it is a number.</summary>
    public static Expression Number(Expression part) => IsNumber(part) ? part : throw new RuleFaultException(
        part.Column, $"{Shown(part)} cannot be computed with; allowed: numbers.");

    /// <summary>The comparison, if its sides can be compared.</summary>
    public static Comparison Check(Comparison comparison)
    {
        var (left, right) = (comparison.Left, comparison.Right);
        if (IsNumber(left) && IsNumber(right))
        {
            return comparison;
        }

        if (!IsText(left) || !IsText(right))
        {
            throw new RuleFaultException(
                comparison.Column, $"{Shown(left)} cannot be compared with {Shown(right)}; allowed: two numbers or two texts.");
        }

        if (comparison.Operator is not ("==" or "!="))
        {
            throw new RuleFaultException(
                comparison.Column, $"'{comparison.Operator}' cannot compare texts; allowed: '==', '!=' and 'in'.");
        }

        CheckText(left, right);
        CheckText(right, left);
        return comparison;
    }

    /// <summary>The membership, if its literals are of the value's type.</summary>
    public static Membership Check(Membership membership)
    {
        foreach (var literal in membership.Literals)
        {
            if (IsNumber(membership.Value) ? !IsNumber(literal) : !IsText(membership.Value) || !IsText(literal))
            {
                throw new RuleFaultException(
                    literal.Column, $"{Shown(membership.Value)} cannot be {Shown(literal)}; allowed: a value of the same type.");
            }

            CheckText(membership.Value, literal);
        }

        return membership;
    }

    /// <summary>A part as error texts show it.</summary>
    public static string Shown(Expression part) => part switch
    {
        Reference { Name: var name } => $"'{name.Name}' (a {(name.IsText ? "text" : "number")})",
        NumberLiteral { Value: var value } => $"the number {value}",
        TextLiteral { Value: var value } => $"the text '{value}'",
        Arithmetic => "a number",
        _ => "a comparison",
    };

    private static bool IsNumber(Expression part) => part is NumberLiteral or Arithmetic or Reference { Name.IsText: false };

    /// <summary>True for a text.</summary>
    public static bool IsText(Expression part) => part is TextLiteral or Reference { Name.IsText: true };

    /// <summary>A text that the name can never have is a slip of the pen, not a condition that is never true.</summary>
    private static void CheckText(Expression value, Expression literal)
    {
        if (value is Reference { Name: var name } && literal is TextLiteral { Value: var text } && !name.Allows(text))
        {
            throw new RuleFaultException(literal.Column, $"'{name.Name}' is never '{text}'; allowed: {name.AllowedTexts}.");
        }
    }
}
