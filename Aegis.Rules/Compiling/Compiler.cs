using System.Collections.Frozen;
using Aegis.Rules.Language;
using Aegis.Rules.Names;
using Linq = System.Linq.Expressions.Expression;

namespace Aegis.Rules.Compiling;

/// <summary>A compiled condition.</summary>
/// <param name="numbers">The numbers that the set of rules reads.</param>
/// <param name="texts">The texts that it reads.</param>
internal delegate bool Condition(double[] numbers, ulong[] texts);

/// <summary>Turns a condition into machine code. It calls nothing, loops over nothing and keeps nothing.</summary>
/// <remarks>A comparison with a missing value is false, whatever the operator.</remarks>
internal sealed class Compiler(RuleNames names, RuleValues values)
{
    /// <summary>Sets of at most so many texts are compared one by one.</summary>
    private const int MaxCompared = 8;

    private readonly System.Linq.Expressions.ParameterExpression _numbers = Linq.Parameter(typeof(double[]));
    private readonly System.Linq.Expressions.ParameterExpression _texts = Linq.Parameter(typeof(ulong[]));

    /// <summary>Compiles a condition.</summary>
    /// <exception cref="RuleFaultException">The condition has a fault.</exception>
    public Condition Compile(string condition) =>
        Linq.Lambda<Condition>(Truth(Parser.Parse(condition, names)), _numbers, _texts).Compile();

    private Linq Truth(Expression part) => part switch
    {
        Junction { IsAnd: true } and => Linq.AndAlso(Truth(and.Left), Truth(and.Right)),
        Junction or => Linq.OrElse(Truth(or.Left), Truth(or.Right)),
        Negation negation => Linq.Not(Truth(negation.Part)),
        Missing missing => missing.IsNegated ? Linq.Not(IsMissing(missing.Value)) : IsMissing(missing.Value),
        Membership membership => Member(membership),
        Listed listed => Linq.Equal(NumberOf(listed.Value), Linq.Constant(listed.IsNegated ? 0.0 : 1.0)),
        Comparison comparison => Types.IsText(comparison.Left) ? ComparedTexts(comparison) : ComparedNumbers(comparison),
        _ => throw new InvalidOperationException($"{part} is neither true nor false."),
    };

    private System.Linq.Expressions.BinaryExpression ComparedNumbers(Comparison comparison)
    {
        var (left, right) = (Number(comparison.Left), Number(comparison.Right));
        return comparison.Operator switch
        {
            "<" => Linq.LessThan(left, right),
            "<=" => Linq.LessThanOrEqual(left, right),
            ">" => Linq.GreaterThan(left, right),
            ">=" => Linq.GreaterThanOrEqual(left, right),
            "==" => Linq.Equal(left, right),
            // Not NotEqual, which holds for NaN.
            _ => Linq.OrElse(Linq.LessThan(left, right), Linq.GreaterThan(left, right)),
        };
    }

    private System.Linq.Expressions.BinaryExpression ComparedTexts(Comparison comparison)
    {
        var (left, right) = (Text(comparison.Left), Text(comparison.Right));
        var areThere = Linq.AndAlso(Linq.NotEqual(left, Linq.Constant(0UL)), Linq.NotEqual(right, Linq.Constant(0UL)));
        return Linq.AndAlso(areThere, comparison.Operator == "==" ? Linq.Equal(left, right) : Linq.NotEqual(left, right));
    }

    private Linq Member(Membership membership)
    {
        var isAny = Types.IsText(membership.Value) ? IsAnyText(membership) : membership.Literals.Select(literal => (Linq)Linq.Equal(
            Number(membership.Value), Number(literal))).Aggregate(Linq.OrElse);
        return membership.IsNegated ? Linq.AndAlso(Linq.Not(IsMissing(membership.Value)), Linq.Not(isAny)) : isAny;
    }

    private Linq IsAnyText(Membership membership)
    {
        var value = Text(membership.Value);
        if (membership.Literals.Count <= MaxCompared)
        {
            return membership.Literals.Select(literal => (Linq)Linq.Equal(value, Text(literal))).Aggregate(Linq.OrElse);
        }

        var set = membership.Literals.Select(literal => RuleValues.HashOf(((TextLiteral)literal).Value)).ToFrozenSet();
        return Linq.Call(Linq.Constant(set), nameof(FrozenSet<ulong>.Contains), typeArguments: null, value);
    }

    private System.Linq.Expressions.BinaryExpression IsMissing(Expression value)
    {
        if (Types.IsText(value))
        {
            return Linq.Equal(Text(value), Linq.Constant(0UL));
        }

        var number = Number(value);
        return Linq.NotEqual(number, number);
    }

    private Linq Number(Expression part) => part switch
    {
        NumberLiteral literal => Linq.Constant(literal.Value),
        Reference reference => NumberOf(reference.Name),
        Arithmetic { Operator: "+" } sum => Linq.Add(Number(sum.Left), Number(sum.Right)),
        Arithmetic { Operator: "-" } difference => Linq.Subtract(Number(difference.Left), Number(difference.Right)),
        Arithmetic { Operator: "*" } product => Linq.Multiply(Number(product.Left), Number(product.Right)),
        Arithmetic quotient => Linq.Divide(Number(quotient.Left), Number(quotient.Right)),
        _ => throw new InvalidOperationException($"{part} is no number."),
    };

    private System.Linq.Expressions.BinaryExpression NumberOf(RuleName name) =>
        Linq.ArrayIndex(_numbers, Linq.Constant(values.PlaceOf(name)));

    private Linq Text(Expression part) => part switch
    {
        TextLiteral literal => Linq.Constant(RuleValues.HashOf(literal.Value)),
        Reference reference => Linq.ArrayIndex(_texts, Linq.Constant(values.PlaceOf(reference.Name))),
        _ => throw new InvalidOperationException($"{part} is no text."),
    };
}
