using Aegis.Client;

namespace Aegis.Scoring.Storage;

/// <summary>A step to note.</summary>
/// <param name="State">The state from then on.</param>
/// <param name="Share">The share of cards that the rule decides for; 0 unless it is live.</param>
/// <param name="Author">Who takes it.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When, UTC.</param>
internal sealed record RuleChange(RuleState State, double Share, string Author, string Reason, DateTimeOffset At);

/// <summary>A set of rules in the order of changes.</summary>
/// <param name="Version">The set.</param>
/// <param name="Revision">Its place, 1 and more.</param>
internal readonly record struct RuleRevision(string Version, long Revision);
