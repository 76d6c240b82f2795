using Aegis.Core.Decisions;

namespace Aegis.Client;

/// <summary>A value of a decision, as it is stored and as it comes out when it is computed again.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Stored">As stored. Numbers are written so that no bit is lost.</param>
/// <param name="Repeated">As computed again.</param>
public sealed record RepeatedValue(string Name, string Stored, string Repeated)
{
    /// <summary>True if both are the same.</summary>
    public bool IsEqual => Stored == Repeated;
}

/// <summary>A decision that was computed again from what is stored with it.</summary>
/// <param name="Id">The transaction's id.</param>
/// <param name="IsRepeated">True if every value is the same, to the last bit.</param>
/// <param name="Values">The values: scores, risk, outcome by the models, rules, lists and outcome.</param>
public sealed record DecisionVerification(string Id, bool IsRepeated, IReadOnlyList<RepeatedValue> Values);

/// <summary>A feature of a decision.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null where it is not a number, which says that its sources were missing.</param>
/// <param name="Unit">The value's unit.</param>
/// <param name="Meaning">What the value says.</param>
/// <param name="Share">Its share of the suspicion, 0 to 1.</param>
public sealed record RecordedFeature(string Name, double? Value, string Unit, string Meaning, double Share);

/// <summary>A detector's say in a decision.</summary>
/// <param name="Name">Isolation forest, autoencoder, tail sum, or the external model's name.</param>
/// <param name="Score">Its raw score.</param>
/// <param name="Percentile">The share of training payments with a lower score, 0 to 1; null for an external model.</param>
/// <param name="Weight">Its weight in the fusion.</param>
public sealed record RecordedDetector(string Name, double Score, double? Percentile, double Weight);

/// <summary>The thresholds that a decision's risk was compared with.</summary>
/// <param name="ReviewAt">The risk from which payments went to review.</param>
/// <param name="ReviewScore">The same as a score, 0 to 1,000.</param>
/// <param name="ReviewWidth">Payments whose risk is less than this above it counted as exactly at it.</param>
/// <param name="ReviewTies">The share of those that went to review.</param>
/// <param name="DeclineAt">The risk from which payments were declined.</param>
/// <param name="DeclineScore">The same as a score, 0 to 1,000.</param>
/// <param name="DeclineTies">The share of payments exactly at it that were declined.</param>
public sealed record RecordedThresholds(
    double ReviewAt, double ReviewScore, double ReviewWidth, double ReviewTies, double DeclineAt, double DeclineScore, double DeclineTies);

/// <summary>A rule that was in force at a decision.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of its definition.</param>
/// <param name="When">Its condition.</param>
/// <param name="Share">The share of cards that it decided for; 0 for a shadow.</param>
/// <param name="Matched">True if the payment matched.</param>
/// <param name="Decided">True if it had a say; false for a shadow, and for a card outside its share or snoozed.</param>
/// <param name="Then">The outcome that it wants; null if it has no say in it but by points.</param>
/// <param name="Points">The points that it adds.</param>
public sealed record RecordedRule(
    string Name, int Version, string When, double Share, bool Matched, bool Decided, DecisionOutcome? Then, double Points);

/// <summary>An entry of a list that the payment stood on at its decision.</summary>
/// <param name="List">The list.</param>
/// <param name="Effect">What the list does.</param>
/// <param name="Entry">The entry, as it is known today: with its removal, if it has one.</param>
public sealed record RecordedListing(string List, ListEffect Effect, ListEntryReport? Entry);

/// <summary>Everything about one decision: what it took in, what each part said, what became of it.</summary>
/// <param name="Decision">The decision with payment, reasons, versions and labels.</param>
/// <param name="Thresholds">The thresholds; null for decisions of releases that did not keep them.</param>
/// <param name="Detectors">What each detector said; empty if this release does not read the model.</param>
/// <param name="Features">The features, the most suspicious first.</param>
/// <param name="Rules">The rules in force then, those that matched first.</param>
/// <param name="Listings">The entries of deciding lists that the payment stood on.</param>
/// <param name="Verdicts">The verdicts of analysts, oldest first, undone ones included.</param>
/// <param name="Model">What is known of the model: its training data, metrics and dates.</param>
/// <param name="Verification">The decision computed again; null if this release cannot.</param>
/// <param name="MadeAt">When this record was made, UTC.</param>
public sealed record DecisionRecord(
    Decision Decision, RecordedThresholds? Thresholds, IReadOnlyList<RecordedDetector> Detectors, IReadOnlyList<RecordedFeature> Features,
    IReadOnlyList<RecordedRule> Rules, IReadOnlyList<RecordedListing> Listings, IReadOnlyList<VerdictReport> Verdicts,
    IReadOnlyDictionary<string, string> Model, DecisionVerification? Verification, DateTimeOffset MadeAt);
