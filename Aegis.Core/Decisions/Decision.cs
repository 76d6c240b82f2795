using Aegis.Core.Features;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Core.Decisions;

/// <summary>What was decided on one transaction, with everything needed to explain and to repeat it.</summary>
public sealed record Decision
{
    /// <summary>The transaction.</summary>
    public required Transaction Transaction { get; init; }

    /// <summary>Its shard.</summary>
    public required int Shard { get; init; }

    /// <summary>Its place in the shard's log.</summary>
    public required LogPosition Position { get; init; }

    /// <summary>Its index within the entry; 0 where the entry holds one transaction.</summary>
    public int Item { get; init; }

    /// <summary>True where the payment was more than 24 hours behind its card's newest: decided, but it changed no history.</summary>
    public bool IsLate { get; init; }

    /// <summary>Approve, review or decline.</summary>
    public required DecisionOutcome Outcome { get; init; }

    /// <summary>All scores.</summary>
    public required Assessment Assessment { get; init; }

    /// <summary>The feature vector, in the order of <see cref="FeatureSchema"/>.</summary>
    public required float[] Features { get; init; }

    /// <summary>What made it suspicious, strongest first, at most five; where approved what came nearest to it, and only in an answer about
    /// this one decision.</summary>
    public required IReadOnlyList<ReasonCode> Reasons { get; init; }

    /// <summary>The card's last payments before this one, newest first; empty where approved.</summary>
    public required IReadOnlyList<RecentPayment> RecentPayments { get; init; }

    /// <summary>The model bundle in force.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>The hash of the feature schema.</summary>
    public required string SchemaHash { get; init; }

    /// <summary>The rate table in force.</summary>
    public required string RatesVersion { get; init; }

    /// <summary>The fact version that was read: the end of the last interval in it, UTC; null before the first.</summary>
    public DateTimeOffset? FactsVersion { get; init; }

    /// <summary>The trace this decision can be found under, 32 hexadecimal digits.</summary>
    public required string TraceId { get; init; }

    /// <summary>When the decision was made, UTC.</summary>
    public required DateTimeOffset DecidedAt { get; init; }

    /// <summary>From the log's stamp to the decision, milliseconds.</summary>
    public required double LatencyMs { get; init; }

    /// <summary>A fact version as it is shown.</summary>
    /// <param name="versionMs">Unix milliseconds; 0 before the first.</param>
    public static DateTimeOffset? FactsVersionOf(long versionMs) =>
        versionMs == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(versionMs);

    /// <summary>What became known since, oldest first, the last in force; null where nothing did or nobody asked.</summary>
    public IReadOnlyList<Verdict>? Verdicts { get; init; }

    /// <summary>True for review and decline.</summary>
    public bool IsFlagged => Outcome != DecisionOutcome.Approve;
}
