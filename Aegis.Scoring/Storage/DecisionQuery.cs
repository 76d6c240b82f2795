using Aegis.Core.Decisions;

namespace Aegis.Scoring.Storage;

/// <summary>Which decisions are wanted, newest first.</summary>
/// <param name="Outcome">Only this outcome.</param>
/// <param name="IsFlaggedOnly">Only review and decline.</param>
/// <param name="CardToken">Only this card.</param>
/// <param name="Country">Only this country.</param>
/// <param name="Before">Only what was stored before this sequence number, from the page before.</param>
/// <param name="Limit">At most so many.</param>
internal sealed record DecisionQuery(
    DecisionOutcome? Outcome, bool IsFlaggedOnly, string? CardToken, string? Country, long? Before, int Limit);

/// <summary>A decision and its place in the order of commits.</summary>
internal readonly record struct StoredDecision(long Sequence, Decision Decision);
