namespace Aegis.Core.Decisions;

/// <summary>The two numbers that a reason compares.</summary>
/// <param name="Observed">The value of this payment.</param>
/// <param name="Usual">The card's usual value.</param>
/// <param name="Unit">The unit of both, for example <c>EUR</c> or <c>payments a day</c>.</param>
public sealed record Comparison(double Observed, double Usual, string Unit);
