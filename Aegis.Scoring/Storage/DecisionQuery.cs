using Aegis.Core.Decisions;

namespace Aegis.Scoring.Storage;

/// <summary>Selects decisions, newest first.</summary>
/// <param name="Outcome">Only this outcome.</param>
/// <param name="IsFlaggedOnly">Only review and decline.</param>
/// <param name="CardToken">Only this card.</param>
/// <param name="Country">Only this country.</param>
/// <param name="Before">Only decisions below this sequence, taken from the page before.</param>
/// <param name="Limit">The largest number of decisions.</param>
internal sealed record DecisionQuery(
    DecisionOutcome? Outcome, bool IsFlaggedOnly, string? CardToken, string? Country, long? Before, int Limit);

/// <summary>A decision and its place in the order of commits.</summary>
internal readonly record struct StoredDecision(long Sequence, Decision Decision);
