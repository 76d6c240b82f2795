namespace Aegis.Core.Budgets;

/// <summary>The threshold from which a payment goes to review.</summary>
/// <param name="At">The risk (-ln p), 0 and more.</param>
/// <param name="Width">Payments whose risk is less than this above <paramref name="At"/> count as exactly at it.</param>
/// <param name="Ties">The share of those that go to review, 0 to 1.</param>
public readonly record struct ReviewThreshold(double At, double Width, double Ties);
