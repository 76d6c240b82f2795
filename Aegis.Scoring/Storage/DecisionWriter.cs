using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Scoring.Commits;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Writes decisions, the reasons of flagged ones, and the scores of external models.</summary>
internal sealed class DecisionWriter(StatementSet statements, RuleMatchWriter rules)
{
    /// <summary>The bytes before the feature vector: six doubles.</summary>
    public const int ScoreBytes = 6 * sizeof(double);

    private const int MaxThresholds = 1_000;

    private readonly Statement _decision = statements.Prepare(
        """
        INSERT INTO decisions (shard, position_ms, position_seq, item, id_hash, card_hash, country, outcome, is_late, risk, version_id, facts_ms, decided_at_us, transaction_body, scores, trace_parent, rule_set_id, model_outcome, lists_revision, threshold_id)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    private readonly Statement _alert = statements.Prepare(
        "INSERT INTO alerts (sequence, outcome, country, reasons, recent_payments) VALUES (?, ?, ?, ?, ?)");
    private readonly Statement _external = statements.Prepare("INSERT INTO external_scores (sequence, score) VALUES (?, ?)");
    private readonly Dictionary<(string Model, string Rates), long> _versions = [];
    private readonly Dictionary<DecisionPolicy, long> _thresholds = [];
    private readonly byte[] _scores = new byte[ScoreBytes + (FeatureSchema.Count * sizeof(float))];

    /// <summary>The sequence of the last decision written; 0 before the first.</summary>
    public long Newest { get; private set; }

    /// <summary>Writes a block's decisions, and sets the block's first sequence.</summary>
    public void Write(DecisionBlock block)
    {
        var (versionId, ruleSet, thresholdId) = (VersionId(block), rules.SetOf(block), block.Count > 0 ? ThresholdId(block.Policy) : 0);
        var made = 0;
        var caller = 0;
        for (var index = 0; index < block.Count; index++)
        {
            var traceParent = caller < block.Callers.Count && block.Callers[caller].Row == index
                ? block.Callers[caller++].TraceParent
                : null;
            var isMade = made < block.Made.Count && block.Made[made].Row == index;
            Insert(block, index, versionId, (ruleSet, thresholdId), traceParent);
            Newest = _decision.LastRow;
            block.FirstSequence = index == 0 ? Newest : block.FirstSequence;
            if (block.Rows[index].Assessment.ExternalScore is { } external)
            {
                _external.Bind(Newest).Bind(external).Execute();
            }

            if (block.Rows[index].Outcome != DecisionOutcome.Approve)
            {
                InsertAlert(block.Made[made].Decision, block.Rows[index].Country);
            }

            made += isMade ? 1 : 0;
        }
    }

    /// <summary>Forgets what it wrote in a transaction that was rolled back.</summary>
    public void Forget()
    {
        Newest = 0;
        _versions.Clear();
        _thresholds.Clear();
    }

    private void Insert(DecisionBlock block, int index, long versionId, (long? RuleSet, long Threshold) by, string? traceParent)
    {
        ref readonly var row = ref block.Rows[index];
        BinaryPrimitives.WriteDoubleLittleEndian(_scores, row.Assessment.ForestScore);
        BinaryPrimitives.WriteDoubleLittleEndian(_scores.AsSpan(8), row.Assessment.AutoencoderScore);
        BinaryPrimitives.WriteDoubleLittleEndian(_scores.AsSpan(16), row.Assessment.TailSum);
        BinaryPrimitives.WriteDoubleLittleEndian(_scores.AsSpan(24), row.Assessment.ForestPercentile);
        BinaryPrimitives.WriteDoubleLittleEndian(_scores.AsSpan(32), row.Assessment.AutoencoderPercentile);
        BinaryPrimitives.WriteDoubleLittleEndian(_scores.AsSpan(40), row.Assessment.TailSumPercentile);
        MemoryMarshal.AsBytes(block.FeaturesOf(index)).CopyTo(_scores.AsSpan(ScoreBytes));
        _decision.Bind(block.Shard).Bind(row.Position.Milliseconds).Bind(row.Position.Sequence).Bind(row.Item)
            .Bind(unchecked((long)row.Key.Id)).Bind(unchecked((long)row.CardHash)).Bind(row.Country)
            .Bind((long)row.Outcome).Bind(row.IsLate ? 1 : 0).Bind(row.Assessment.Risk).Bind(versionId).Bind(block.FactsMs)
            .Bind(block.Times.DecidedMicroseconds)
            .Bind(block.BodyOf(row)).Bind(_scores).Bind(traceParent).Bind(by.RuleSet)
            .Bind(row.ModelOutcome == row.Outcome ? null : (long)row.ModelOutcome)
            .Bind(block.Lists.Revision == 0 ? null : (long?)block.Lists.Revision).Bind(by.Threshold).Execute();
    }

    private void InsertAlert(Decision decision, ushort country) =>
        _alert.Bind(Newest).Bind((long)decision.Outcome).Bind(country)
            .Bind(JsonSerializer.Serialize(decision.Reasons, AegisJson.Options))
            .Bind(JsonSerializer.Serialize(decision.RecentPayments, AegisJson.Options)).Execute();

    private long ThresholdId(DecisionPolicy policy)
    {
        if (!_thresholds.TryGetValue(policy, out var id))
        {
            // Under a budget the thresholds of the day before do not come back.
            if (_thresholds.Count >= MaxThresholds)
            {
                _thresholds.Clear();
            }

            var row = new { policy.ReviewAt, policy.ReviewWidth, policy.ReviewTies, policy.DeclineAt, policy.DeclineTies };
            statements.Connection.Execute(
                """
                INSERT INTO thresholds (review_at, review_width, review_ties, decline_at, decline_ties)
                VALUES (@ReviewAt, @ReviewWidth, @ReviewTies, @DeclineAt, @DeclineTies) ON CONFLICT DO NOTHING
                """,
                row);
            _thresholds[policy] = id = statements.Connection.QuerySingle<long>(
                """
                SELECT id FROM thresholds WHERE review_at = @ReviewAt AND review_width = @ReviewWidth AND review_ties = @ReviewTies
                    AND decline_at = @DeclineAt AND decline_ties = @DeclineTies
                """,
                row);
        }

        return id;
    }

    private long VersionId(DecisionBlock block)
    {
        var key = (block.Versions.Model, block.RatesVersion);
        if (!_versions.TryGetValue(key, out var id))
        {
            var row = new { model = block.Versions.Model, schema = FeatureSchema.Hash, rates = block.RatesVersion };
            statements.Connection.Execute(
                "INSERT OR IGNORE INTO versions (model, schema_hash, rates) VALUES (@model, @schema, @rates)", row);
            _versions[key] = id = statements.Connection.QuerySingle<long>(
                "SELECT id FROM versions WHERE model = @model AND schema_hash = @schema AND rates = @rates", row);
        }

        return id;
    }
}
