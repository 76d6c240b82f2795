using Aegis.Core.Features;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Core.Decisions;

/// <summary>The decision on one transaction, with everything needed to explain it and to repeat it.</summary>
public sealed record Decision
{
    /// <summary>The transaction.</summary>
    public required Transaction Transaction { get; init; }

    /// <summary>The shard that decided it.</summary>
    public required int Shard { get; init; }

    /// <summary>The transaction's place in the shard's log.</summary>
    public required LogPosition Position { get; init; }

    /// <summary>The transaction's index within the entry; 0 if the entry holds one transaction.</summary>
    public int Item { get; init; }

    /// <summary>True if the payment was more than 24 hours behind its card's newest: it was decided, but changed no history.</summary>
    public bool IsLate { get; init; }

    /// <summary>Approve, review or decline.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>All scores.</summary>
    public required Assessment Assessment { get; init; }

    /// <summary>The feature vector, in the order of <see cref="FeatureSchema"/>.</summary>
    public required float[] Features { get; init; }

    /// <summary>What makes the payment suspicious, strongest first, at most five reasons. For an approved payment, what
    /// stands out all the same, if anything does, and only in an answer about this one decision.</summary>
    public required IReadOnlyList<ReasonCode> Reasons { get; init; }

    /// <summary>The card's last payments before this one, newest first; empty if approved.</summary>
    public required IReadOnlyList<RecentPayment> RecentPayments { get; init; }

    /// <summary>The outcome by the models and thresholds alone; null if the rules have not changed it.</summary>
    public DecisionOutcome? ModelOutcome { get; init; }

    /// <summary>The rules that matched, in the order of their ids; null if none did.</summary>
    public IReadOnlyList<RuleHit>? Rules { get; init; }

    /// <summary>The set of rules in force; null if there was none.</summary>
    public string? RulesVersion { get; init; }

    /// <summary>The lists that the payment stood on and that decide by themselves; null if there are none.</summary>
    public IReadOnlyList<ListHit>? Lists { get; init; }

    /// <summary>The revision of lists and snoozes in force; null before the first change of any.</summary>
    public long? ListsRevision { get; init; }

    /// <summary>The model bundle in force.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The hash of the feature schema.</summary>
    public required string SchemaHash { get; init; }

    /// <summary>The version of the exchange rates in force.</summary>
    public required string RatesVersion { get; init; }

    /// <summary>The fact version read: the end of its last interval, UTC; null before the first.</summary>
    public DateTimeOffset? FactsVersion { get; init; }

    /// <summary>The id of the decision's trace, 32 hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>When the decision was made, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>The time from the log's stamp to the decision, milliseconds.</summary>
    public required double LatencyMs { get; init; }

    /// <summary>A fact version in the form that is shown.</summary>
    /// <param name="versionMs">Unix milliseconds; 0 before the first.</param>
    public static DateTimeOffset? FactsVersionOf(long versionMs) =>
        versionMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(versionMs);

    /// <summary>The verdicts known since, oldest first; the last is in force. Null if there are none or nobody asked.</summary>
    public IReadOnlyList<Verdict>? Verdicts { get; init; }

    /// <summary>True for review and decline.</summary>
    public bool IsFlagged => Outcome != DecisionOutcome.Approve;
}
