using System.Runtime.InteropServices;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Detection;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Streams;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Reads decisions, dead letters and counts.</summary>
internal sealed class DecisionStore(Store store)
{
    private const string Columns = """
        d.shard, d.position_ms AS PositionMs, d.position_seq AS PositionSeq, d.outcome, d.risk, d.transaction_body AS Body, d.features,
        d.forest_score AS ForestScore, d.autoencoder_score AS AutoencoderScore, d.forest_percentile AS ForestPercentile, d.autoencoder_percentile AS AutoencoderPercentile,
        d.reasons, d.recent_payments AS RecentPayments, v.model, v.schema_hash AS SchemaHash, v.rates, d.trace_id AS TraceId, d.decided_at_ms AS DecidedAtMs, d.latency_ms AS LatencyMs
        """;

    /// <summary>A decision by transaction id; null where there is none.</summary>
    public Decision? Find(string id)
    {
        using var connection = store.Connect();
        return connection.Query<Row>($"SELECT {Columns} FROM decisions d JOIN versions v ON v.id = d.version_id WHERE d.id_hash = @hash", new { hash = DecisionWriter.IdHash(id) })
            .Select(row => row.ToDecision()).FirstOrDefault(decision => decision.Transaction.Id == id);
    }

    /// <summary>A page of decisions, newest first.</summary>
    public IReadOnlyList<Decision> List(DecisionQuery query)
    {
        var conditions = new List<string>();
        if (query.Outcome is not null)
        {
            conditions.Add("d.outcome = @outcome");
        }

        if (query.IsFlaggedOnly || query.Outcome is DecisionOutcome.Review or DecisionOutcome.Decline)
        {
            conditions.Add("d.outcome > 0");
        }

        if (query.CardToken is not null)
        {
            conditions.Add("d.card_token = @CardToken");
        }

        if (query.Country is not null)
        {
            conditions.Add("d.country = @Country");
        }

        if (query.Before is not null)
        {
            conditions.Add("(d.position_ms, d.position_seq, d.shard) < (@ms, @seq, @shard)");
        }

        var where = conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
        using var connection = store.Connect();
        return [.. connection.Query<Row>(
            $"SELECT {Columns} FROM decisions d JOIN versions v ON v.id = d.version_id {where} ORDER BY d.position_ms DESC, d.position_seq DESC, d.shard DESC LIMIT @Limit",
            new { outcome = (int?)query.Outcome, query.CardToken, query.Country, ms = query.Before?.Position.Milliseconds, seq = query.Before?.Position.Sequence, shard = query.Before?.Shard, query.Limit })
            .Select(row => row.ToDecision())];
    }

    /// <summary>Every transaction that has been decided, in no order.</summary>
    public IEnumerable<Transaction> DecidedTransactions()
    {
        using var connection = store.Connect();
        foreach (var body in connection.Query<byte[]>("SELECT transaction_body FROM decisions", buffered: false))
        {
            yield return MessageCodec.DecodeTransaction(body);
        }
    }

    /// <summary>The newest dead letters.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters(int limit)
    {
        using var connection = store.Connect();
        return [.. connection.Query<(int Shard, long Ms, long Seq, int Item, string Reason, byte[] Payload, long Seen)>(
            "SELECT shard, position_ms, position_seq, item, reason, payload, first_seen_ms FROM dead_letters ORDER BY first_seen_ms DESC, position_ms DESC, position_seq DESC LIMIT @limit", new { limit })
            .Select(row => new DeadLetter(row.Shard, new LogPosition(row.Ms, row.Seq), row.Item, row.Reason, row.Payload, DateTimeOffset.FromUnixTimeMilliseconds(row.Seen)))];
    }

    /// <summary>All totals.</summary>
    public StoredCounts Counts()
    {
        using var connection = store.Connect();
        using var transaction = connection.BeginTransaction(deferred: true);
        var counts = connection.Query<(string Name, long Value)>("SELECT name, value FROM counts", transaction: transaction).ToDictionary(c => c.Name, c => c.Value);
        var countries = connection.Query<(string Country, long Decided, long Flagged, long Declined)>(
            "SELECT country, decided, flagged, declined FROM country_counts ORDER BY flagged DESC, decided DESC, country", transaction: transaction);
        var scores = connection.Query<(int Bucket, long Value)>("SELECT bucket, value FROM score_counts", transaction: transaction).ToDictionary(s => s.Bucket, s => s.Value);
        return new StoredCounts(
            counts, [.. countries.Select(c => new CountryCount(c.Country, c.Decided, c.Flagged, c.Declined))],
            [.. Enumerable.Range(0, 20).Select(bucket => scores.GetValueOrDefault(bucket))]);
    }

    private sealed class Row
    {
        public int Shard { get; init; }
        public long PositionMs { get; init; }
        public long PositionSeq { get; init; }
        public long Outcome { get; init; }
        public double Risk { get; init; }
        public byte[] Body { get; init; } = [];
        public byte[] Features { get; init; } = [];
        public double ForestScore { get; init; }
        public double AutoencoderScore { get; init; }
        public double ForestPercentile { get; init; }
        public double AutoencoderPercentile { get; init; }
        public string? Reasons { get; init; }
        public string? RecentPayments { get; init; }
        public string Model { get; init; } = "";
        public string SchemaHash { get; init; } = "";
        public string Rates { get; init; } = "";
        public string TraceId { get; init; } = "";
        public long DecidedAtMs { get; init; }
        public double LatencyMs { get; init; }

        public Decision ToDecision() => new()
        {
            Transaction = MessageCodec.DecodeTransaction(Body),
            Shard = Shard,
            Position = new LogPosition(PositionMs, PositionSeq),
            Outcome = (DecisionOutcome)Outcome,
            Assessment = new Assessment(ForestScore, AutoencoderScore, ForestPercentile, AutoencoderPercentile, Risk),
            Features = MemoryMarshal.Cast<byte, float>(Features).ToArray(),
            Reasons = Reasons is null ? [] : JsonSerializer.Deserialize<ReasonCode[]>(Reasons, AegisJson.Options)!,
            RecentPayments = RecentPayments is null ? [] : JsonSerializer.Deserialize<RecentPayment[]>(RecentPayments, AegisJson.Options)!,
            ModelVersion = Model,
            SchemaHash = SchemaHash,
            RatesVersion = Rates,
            TraceId = TraceId,
            DecidedAt = DateTimeOffset.FromUnixTimeMilliseconds(DecidedAtMs),
            LatencyMs = LatencyMs,
        };
    }
}
