using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Streams.Entries;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>A stored decision with all that rules read. Valid until the next one is read.</summary>
internal ref struct StoredOutcome
{
    public long Sequence;
    public long PositionMs;
    public ulong IdHash;
    public ulong CardHash;
    public DecisionOutcome Outcome;
    public DecisionOutcome ModelOutcome;
    public double Risk;

    /// <summary>The thresholds that it was compared with; null for decisions of releases that did not keep them.</summary>
    public DecisionPolicy? Policy;

    public string Model;
    public string Rates;
    public long? RuleSet;
    public long ListsRevision;
    public double? External;
    public ReadOnlySpan<byte> Body;
    public ReadOnlySpan<byte> Scores;

    /// <summary>The transaction.</summary>
    public readonly TransactionView Transaction => new(Body);

    /// <summary>The scores.</summary>
    public readonly Assessment Assessment => StoredScores.AssessmentOf(Scores, Risk, External);

    /// <summary>The feature vector.</summary>
    public readonly ReadOnlySpan<float> Features => StoredScores.FeaturesOf(Scores);
}

/// <summary>Takes a stored decision.</summary>
internal delegate void TakeOutcome(in StoredOutcome outcome);

/// <summary>Reads stored decisions in the order of their commits, in pieces.</summary>
internal sealed class StoredOutcomes(Store store)
{
    private const int RowsAtOnce = 2_000;

    /// <summary>The first and the last decision; both 0 if there is none.</summary>
    public (long First, long Last) Range()
    {
        using var connection = store.Connect();
        return connection.QuerySingle<(long, long)>("SELECT COALESCE(MIN(sequence), 0), COALESCE(MAX(sequence), 0) FROM decisions");
    }

    /// <summary>The thresholds of the newest decision; null if there is none that kept them.</summary>
    public DecisionPolicy? NewestPolicy()
    {
        using var connection = store.Connect();
        using var row = new Statement(
            connection,
            """
            SELECT t.review_at, t.review_width, t.review_ties, t.decline_at, t.decline_ties FROM thresholds t
            WHERE t.id = (SELECT threshold_id FROM decisions ORDER BY sequence DESC LIMIT 1)
            """);
        return row.Next() ? StoredThresholds.Of(row, 0) : null;
    }

    /// <summary>What labels say, by the hash of the transaction's id: true for fraud. The last label of a payment counts.</summary>
    public Dictionary<ulong, bool> Labels()
    {
        using var connection = store.Connect();
        using var rows = new Statement(connection, "SELECT id_hash, is_fraud FROM labels ORDER BY id_hash, position_ms, position_seq");
        var labels = new Dictionary<ulong, bool>();
        while (rows.Next())
        {
            labels[unchecked((ulong)rows.Integer(0))] = rows.Integer(1) == 1;
        }

        return labels;
    }

    /// <summary>The sets of rules, by their numbers in decisions.</summary>
    public Dictionary<long, string> RuleSets()
    {
        using var connection = store.Connect();
        return connection.Query<(long Id, string Version)>("SELECT id, version FROM rule_sets")
            .ToDictionary(row => row.Id, row => row.Version);
    }

    /// <summary>Passes on the next decisions whose features this release computes.</summary>
    /// <param name="after">The last decision passed on before.</param>
    /// <param name="upTo">The last decision wanted.</param>
    /// <param name="take">Takes them.</param>
    /// <returns>The last decision passed on; <paramref name="upTo"/> if there are no more.</returns>
    public long ReadAfter(long after, long upTo, TakeOutcome take)
    {
        using var connection = store.Connect();
        var versions = connection.Query<(long Id, string Model, string Rates)>(
            "SELECT id, model, rates FROM versions WHERE schema_hash = @Hash", new { FeatureSchema.Hash }).ToDictionary(row => row.Id);
        using var rows = new Statement(
            connection,
            """
            SELECT d.sequence, d.position_ms, d.id_hash, d.card_hash, d.outcome, COALESCE(d.model_outcome, d.outcome), d.risk,
                d.version_id, COALESCE(d.rule_set_id, 0), COALESCE(d.lists_revision, 0), e.score, d.transaction_body, d.scores,
                COALESCE(d.threshold_id, 0), t.review_at, t.review_width, t.review_ties, t.decline_at, t.decline_ties
            FROM decisions d LEFT JOIN external_scores e ON e.sequence = d.sequence LEFT JOIN thresholds t ON t.id = d.threshold_id
            WHERE d.sequence > ? AND d.sequence <= ? ORDER BY d.sequence LIMIT ?
            """);
        var (last, count) = (after, 0);
        var (policyId, policy) = (0L, (DecisionPolicy?)null);
        for (rows.Bind(after).Bind(upTo).Bind(RowsAtOnce); rows.Next(); count++)
        {
            last = rows.Integer(0);
            if (!versions.TryGetValue(rows.Integer(7), out var version))
            {
                continue;
            }

            if (rows.Integer(13) != policyId)
            {
                (policyId, policy) = (rows.Integer(13), StoredThresholds.Of(rows, 14));
            }

            take(new StoredOutcome
            {
                Sequence = last, PositionMs = rows.Integer(1), IdHash = unchecked((ulong)rows.Integer(2)),
                CardHash = unchecked((ulong)rows.Integer(3)), Outcome = (DecisionOutcome)rows.Integer(4),
                ModelOutcome = (DecisionOutcome)rows.Integer(5), Risk = rows.Number(6),
                Policy = policyId == 0 ? null : policy, Model = version.Model, Rates = version.Rates,
                RuleSet = rows.Integer(8) is > 0 and var set ? set : null, ListsRevision = rows.Integer(9),
                External = rows.IsNull(10) ? null : rows.Number(10), Body = rows.Bytes(11), Scores = rows.Bytes(12),
            });
        }

        return count < RowsAtOnce ? upTo : last;
    }
}
