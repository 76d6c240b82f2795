using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Reads decisions and counts.</summary>
internal sealed class DecisionStore(Store store, DecisionIndex index)
{
    /// <summary>The largest number of decisions that a page of a search reads.</summary>
    public const int MaxLookedThrough = 20_000;

    private const string Columns = """
        d.sequence, d.shard, d.position_ms AS PositionMs, d.position_seq AS PositionSeq, d.item, d.is_late AS IsLate, d.outcome, d.risk, d.transaction_body AS Body, d.scores,
        a.reasons, a.recent_payments AS RecentPayments, v.model, v.schema_hash AS SchemaHash, v.rates, d.facts_ms AS FactsMs, d.trace_parent AS TraceParent, d.decided_at_us AS DecidedAtUs, e.score AS ExternalScore, d.model_outcome AS ModelOutcome,
        (SELECT r.version FROM rule_sets r WHERE r.id = d.rule_set_id) AS RulesVersion, d.lists_revision AS ListsRevision
        """;

    private const string Tables = "decisions d JOIN versions v ON v.id = d.version_id LEFT JOIN alerts a ON a.sequence = d.sequence LEFT JOIN external_scores e ON e.sequence = d.sequence";

    /// <summary>A decision by transaction id; null if there is none.</summary>
    public Decision? Find(string id) => FindStored(id)?.Decision;

    /// <summary>A decision by transaction id, with its number; null if there is none.</summary>
    public StoredDecision? FindStored(string id)
    {
        using var connection = store.Connect();
        var found = Find(connection, IndexKind.Id, id).Where(stored => stored.Decision.Transaction.Id == id).TakeLast(1).ToList();
        return found.WithHits(connection) is [var one, ..] ? one : null;
    }

    /// <summary>A page of decisions, newest first. A search for a merchant looks through <see cref="MaxLookedThrough"/>
    /// decisions at most, so its pages may be short, or empty, and still have a next one.</summary>
    public DecisionMatches List(DecisionQuery query)
    {
        using var connection = store.Connect();
        if (query is { Merchant: not null, CardToken: null })
        {
            return Search(connection, query);
        }

        // One more than wanted tells whether there is a next page.
        var found = query.CardToken is { } card
            ? Find(connection, IndexKind.Card, card)
                .Where(stored => stored.Decision.Transaction.CardToken == card && Matches(stored, query)).Take(query.Limit + 1).ToList()
            : connection.Query<Row>($"SELECT {Columns} {Selection(query)}", ParametersOf(query, query.Limit + 1))
                .Select(row => row.ToDecision()).ToList();
        var page = found.Take(query.Limit).ToList().WithHits(connection);
        return new DecisionMatches(page, found.Count > query.Limit ? page[^1].Sequence : null);
    }

    private static DecisionMatches Search(SqliteConnection connection, DecisionQuery query)
    {
        var found = new List<StoredDecision>();
        var looked = 0;
        var last = 0L;
        using var snapshot = connection.BeginTransaction(deferred: true);
        foreach (var (sequence, body) in connection.Query<(long, byte[])>(
            $"SELECT d.sequence, d.transaction_body {Selection(query)}", ParametersOf(query, MaxLookedThrough), snapshot, buffered: false))
        {
            last = sequence;
            looked++;
            if (query.IsOfMerchant(MessageCodec.DecodeTransaction(body)) && Read(connection, sequence) is { } stored)
            {
                found.Add(stored);
                if (found.Count == query.Limit)
                {
                    break;
                }
            }
        }

        return new DecisionMatches(found.WithHits(connection), found.Count == query.Limit || looked == MaxLookedThrough ? last : null);
    }

    private static object ParametersOf(DecisionQuery query, int limit) => new
    {
        outcome = (int?)query.Outcome, country = query.Country is null ? 0 : RecentPayment.Pack(query.Country), query.Before, limit,
    };

    /// <summary>Tables, conditions and order of a query that names no card.</summary>
    private static string Selection(DecisionQuery query)
    {
        var isFlagged = query.IsFlaggedOnly || query.Outcome is DecisionOutcome.Review or DecisionOutcome.Decline;
        // The few flagged decisions have a table of their own, so the query starts from it.
        var order = isFlagged ? "a" : "d";
        var conditions = new List<string>();
        Add(query.Outcome is not null, $"{order}.outcome = @outcome");
        Add(query.Country is not null, $"{order}.country = @country");
        Add(query.Before is not null, $"{order}.sequence < @Before");
        var where = conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", conditions);
        var tables = isFlagged ? "alerts a CROSS JOIN decisions d ON d.sequence = a.sequence JOIN versions v ON v.id = d.version_id LEFT JOIN external_scores e ON e.sequence = d.sequence" : Tables;
        return $"FROM {tables} {where} ORDER BY {order}.sequence DESC LIMIT @limit";

        void Add(bool isAsked, string condition)
        {
            if (isAsked)
            {
                conditions.Add(condition);
            }
        }
    }

    private static bool Matches(StoredDecision stored, DecisionQuery query) =>
        (query.Outcome is null || stored.Decision.Outcome == query.Outcome) && (!query.IsFlaggedOnly || stored.Decision.IsFlagged)
        && (query.Country is null || stored.Decision.Transaction.Country == query.Country)
        && (query.Before is null || stored.Sequence < query.Before) && query.IsOfMerchant(stored.Decision.Transaction);

    /// <summary>The decisions, newest first. Each takes a query of its own, so that a page does not read them all.</summary>
    private IEnumerable<StoredDecision> Find(SqliteConnection connection, IndexKind kind, string text)
    {
        foreach (var sequence in index.Find(connection, kind, unchecked((long)StableHash.Hash64(text))))
        {
            if (Read(connection, sequence) is { } stored)
            {
                yield return stored;
            }
        }
    }

    private static StoredDecision? Read(SqliteConnection connection, long sequence) =>
        connection.QuerySingleOrDefault<Row>($"SELECT {Columns} FROM {Tables} WHERE d.sequence = @sequence", new { sequence })?.ToDecision();

    /// <summary>All totals.</summary>
    public StoredCounts Counts()
    {
        using var connection = store.Connect();
        using var transaction = connection.BeginTransaction(deferred: true);
        var counts = connection.Query<(string Name, long Value)>("SELECT name, value FROM counts", transaction: transaction)
            .ToDictionary(c => c.Name, c => c.Value);
        var countries = connection.Query<(string Country, long Decided, long Flagged, long Declined)>(
            "SELECT country, decided, flagged, declined FROM country_counts ORDER BY flagged DESC, decided DESC, country",
            transaction: transaction);
        var scores = connection.Query<(int Bucket, long Value)>("SELECT bucket, value FROM score_counts", transaction: transaction)
            .ToDictionary(s => s.Bucket, s => s.Value);
        return new StoredCounts(
            counts, [.. countries.Select(c => new CountryCount(c.Country, c.Decided, c.Flagged, c.Declined))],
            [.. Enumerable.Range(0, 20).Select(bucket => scores.GetValueOrDefault(bucket))]);
    }

    private sealed class Row
    {
        public long Sequence { get; init; }
        public int Shard { get; init; }
        public long PositionMs { get; init; }
        public long PositionSeq { get; init; }
        public int Item { get; init; }
        public bool IsLate { get; init; }
        public long Outcome { get; init; }
        public double Risk { get; init; }
        public byte[] Body { get; init; } = [];
        public byte[] Scores { get; init; } = [];
        public string? Reasons { get; init; }
        public string? RecentPayments { get; init; }
        public string Model { get; init; } = "";
        public string SchemaHash { get; init; } = "";
        public string Rates { get; init; } = "";
        public long FactsMs { get; init; }
        public string? TraceParent { get; init; }
        public long DecidedAtUs { get; init; }
        public double? ExternalScore { get; init; }
        public long? ModelOutcome { get; init; }
        public string? RulesVersion { get; init; }
        public long? ListsRevision { get; init; }

        public StoredDecision ToDecision()
        {
            var transaction = MessageCodec.DecodeTransaction(Body);
            var position = new LogPosition(PositionMs, PositionSeq);
            var decidedAt = UnixTime.FromMicroseconds(DecidedAtUs);
            return new StoredDecision(Sequence, new Decision
            {
                Transaction = transaction,
                Shard = Shard,
                Position = position,
                Item = Item,
                IsLate = IsLate,
                Outcome = (DecisionOutcome)Outcome,
                Assessment = StoredScores.AssessmentOf(Scores, Risk, ExternalScore),
                Features = StoredScores.FeaturesOf(Scores).ToArray(),
                Reasons = Reasons is null ? [] : JsonSerializer.Deserialize<ReasonCode[]>(Reasons, AegisJson.Options)!,
                RecentPayments = RecentPayments is null
                    ? []
                    : JsonSerializer.Deserialize<RecentPayment[]>(RecentPayments, AegisJson.Options)!,
                ModelOutcome = (DecisionOutcome?)ModelOutcome,
                RulesVersion = RulesVersion,
                ListsRevision = ListsRevision,
                ModelVersion = Model,
                SchemaHash = SchemaHash,
                RatesVersion = Rates,
                FactsVersion = Decision.FactsVersionOf(FactsMs),
                TraceId = TraceContext.TraceIdOf(TraceParent, transaction.Id, position),
                DecidedAt = decidedAt,
                LatencyMs = Math.Max(0, (decidedAt - position.AppendedAt).TotalMilliseconds),
            });
        }
    }
}
