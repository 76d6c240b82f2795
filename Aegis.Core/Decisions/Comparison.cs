namespace Aegis.Core.Decisions;

/// <summary>What a reason compares.</summary>
/// <param name="Observed">What this payment shows.</param>
/// <param name="Usual">The card's own normal.</param>
/// <param name="Unit">The unit of both, for example <c>EUR</c> or <c>payments a day</c>.</param>
public sealed record Comparison(double Observed, double Usual, string Unit);
