using Aegis.Rules.Names;

namespace Aegis.Rules.Language;

/// <summary>A part of a condition. <paramref name="Column"/> is where it begins, counted from 1.</summary>
internal abstract record Expression(int Column);

/// <summary>A number that stands in the condition.</summary>
internal sealed record NumberLiteral(double Value, int Column) : Expression(Column);

/// <summary>A text that stands in the condition.</summary>
internal sealed record TextLiteral(string Value, int Column) : Expression(Column);

/// <summary>A value of the payment.</summary>
internal sealed record Reference(RuleName Name, int Column) : Expression(Column);

/// <summary>A sum, difference, product or quotient of numbers.</summary>
internal sealed record Arithmetic(string Operator, Expression Left, Expression Right, int Column) : Expression(Column);

/// <summary>A comparison of two numbers or two texts.</summary>
internal sealed record Comparison(string Operator, Expression Left, Expression Right, int Column) : Expression(Column);

/// <summary>True if the value is one of the literals; negated, if it is there and none of them.</summary>
internal sealed record Membership(Expression Value, IReadOnlyList<Expression> Literals, bool IsNegated, int Column) : Expression(Column);

/// <summary>True if <paramref name="Value"/>, which says whether something stands on a list, is 1; negated, if it is 0.</summary>
internal sealed record Listed(RuleName Value, bool IsNegated, int Column) : Expression(Column);

/// <summary>True if the value is missing; negated, if it is there.</summary>
internal sealed record Missing(Expression Value, bool IsNegated, int Column) : Expression(Column);

/// <summary>True if both parts are, or if one is.</summary>
internal sealed record Junction(bool IsAnd, Expression Left, Expression Right, int Column) : Expression(Column);

/// <summary>True if the part is not.</summary>
internal sealed record Negation(Expression Part, int Column) : Expression(Column);
