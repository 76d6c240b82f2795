using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Streams.Entries;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Reads every stored decision whose features this release computes, with its scores and last verdict.</summary>
internal sealed class FeatureExport(Store store)
{
    private const int RowsAtOnce = 2_000;

    /// <summary>The decisions in the order of their commits. Those committed while this reads come too.</summary>
    /// <param name="labelsUntil">Verdicts that became known later are left out.</param>
    public IEnumerable<DecidedFeatures> Read(DateTimeOffset labelsUntil)
    {
        // In pieces, so that no single read of the store takes long.
        for (var after = 0L; ;)
        {
            var rows = ReadAfter(after, labelsUntil);
            foreach (var row in rows)
            {
                yield return row.ToLine();
            }

            if (rows.Count < RowsAtOnce)
            {
                yield break;
            }

            after = rows[^1].Sequence;
        }
    }

    private List<Row> ReadAfter(long after, DateTimeOffset labelsUntil)
    {
        using var connection = store.Connect();
        return connection.Query<Row>(
            """
            SELECT d.sequence, d.transaction_body AS Body, d.scores, d.outcome, d.risk, v.model, e.score AS ExternalScore,
                l.is_fraud AS IsFraud, l.labelled_at_ms AS LabelledAtMs
            FROM decisions d JOIN versions v ON v.id = d.version_id LEFT JOIN external_scores e ON e.sequence = d.sequence
            LEFT JOIN labels l ON l.id_hash = d.id_hash AND (l.position_ms, l.position_seq) = (
                SELECT k.position_ms, k.position_seq FROM labels k WHERE k.id_hash = d.id_hash AND k.labelled_at_ms <= @until
                ORDER BY k.position_ms DESC, k.position_seq DESC LIMIT 1)
            WHERE d.sequence > @after AND v.schema_hash = @schema ORDER BY d.sequence LIMIT @RowsAtOnce
            """,
            new { after, until = labelsUntil.ToUnixTimeMilliseconds(), schema = FeatureSchema.Hash, RowsAtOnce }).AsList();
    }

    private sealed class Row
    {
        public long Sequence { get; init; }
        public byte[] Body { get; init; } = [];
        public byte[] Scores { get; init; } = [];
        public long Outcome { get; init; }
        public double Risk { get; init; }
        public string Model { get; init; } = "";
        public double? ExternalScore { get; init; }
        public bool? IsFraud { get; init; }
        public long? LabelledAtMs { get; init; }

        public DecidedFeatures ToLine()
        {
            var transaction = MessageCodec.DecodeTransaction(Body);
            return new DecidedFeatures
            {
                Id = transaction.Id,
                CardToken = transaction.CardToken,
                EventTime = transaction.EventTime,
                Outcome = (DecisionOutcome)Outcome,
                Assessment = StoredScores.AssessmentOf(Scores, Risk, ExternalScore),
                ModelVersion = Model,
                SchemaHash = FeatureSchema.Hash,
                IsFraud = IsFraud,
                LabelKnownAt = LabelledAtMs is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
                Features = StoredScores.FeaturesOf(Scores).ToArray(),
            };
        }
    }
}
