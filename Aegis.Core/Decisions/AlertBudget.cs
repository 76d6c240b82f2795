namespace Aegis.Core.Decisions;

/// <summary>The work that the analysts can handle.</summary>
/// <param name="CardsPerTenThousand">Cards flagged a day, per 10,000 transactions a day; above 0, at most 10,000.</param>
/// <param name="DeclineShare">The share of flagged cards, the riskiest first, whose payments are declined; 0 to 1.</param>
public sealed record AlertBudget(double CardsPerTenThousand = 100, double DeclineShare = 0.2);
