namespace Aegis.Core.Decisions;

/// <summary>A rule that matched a payment.</summary>
/// <param name="Name">The rule's name.</param>
/// <param name="Version">The version of its definition, from 1.</param>
/// <param name="IsLive">True if it decided with the models; false if it was only counted.</param>
/// <param name="Then">The outcome that it wants; null if it has no say in it but by points.</param>
/// <param name="Points">The points that it adds; ten count as if the payment were ten times as rare.</param>
/// <param name="Tag">Its tag; null for none.</param>
public sealed record RuleHit(string Name, int Version, bool IsLive, DecisionOutcome? Then, double Points, string? Tag);
