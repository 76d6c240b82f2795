namespace Aegis.Rules.Sets;

/// <summary>A rule that matched a payment.</summary>
/// <param name="Row">The payment's row.</param>
/// <param name="Rule">The rule's place in its set.</param>
/// <param name="IsLive">True if it decided with the others; false if it only counted.</param>
public readonly record struct RuleMatch(int Row, int Rule, bool IsLive);
