using System.Runtime.InteropServices;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Streams;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Another process has taken the shards over; this one must stop writing.</summary>
internal sealed class FencedException(int shard) : Exception($"Shard {shard} was taken over by another scoring process, or its position is not where this process left it.");

/// <summary>Writes batches: decisions, dead letters, counts and positions in one transaction, fenced by epoch and by the position before.</summary>
internal sealed class DecisionWriter : IDisposable
{
    private const int ScoreBuckets = 20;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly Dictionary<(string, string, string), long> _versions = [];
    private readonly long _epoch;

    public DecisionWriter(Store store, long epoch)
    {
        _connection = store.Connect();
        _epoch = epoch;
        _insert = _connection.CreateCommand();
        string[] columns =
        [
            "shard", "position_ms", "position_seq", "id_hash", "card_token", "country", "outcome", "risk", "transaction_body", "features", "forest_score", "autoencoder_score",
            "forest_percentile", "autoencoder_percentile", "reasons", "recent_payments", "version_id", "trace_id", "decided_at_ms", "latency_ms",
        ];
        _insert.CommandText = $"INSERT INTO decisions ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(c => "$" + c))})";
        foreach (var column in columns)
        {
            _insert.Parameters.Add(new SqliteParameter("$" + column, null));
        }
    }

    /// <summary>Stores batches, all or nothing.</summary>
    /// <exception cref="FencedException">A shard is no longer this process's.</exception>
    public void Commit(IReadOnlyList<CommitBatch> batches)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        _insert.Transaction = transaction;
        foreach (var batch in batches)
        {
            Advance(batch, transaction);
            foreach (var timed in batch.Decisions)
            {
                Insert(timed.Decision, transaction);
            }

            foreach (var letter in batch.DeadLetters)
            {
                Insert(letter, transaction);
            }
        }

        Count(batches, transaction);
        transaction.Commit();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }

    private void Advance(CommitBatch batch, SqliteTransaction transaction)
    {
        var moved = _connection.Execute(
            """
            UPDATE shards SET position_ms = @toMs, position_seq = @toSeq
            WHERE shard = @shard AND epoch = @epoch AND position_ms = @fromMs AND position_seq = @fromSeq
            """,
            new { toMs = batch.To.Milliseconds, toSeq = batch.To.Sequence, shard = batch.Shard, epoch = _epoch, fromMs = batch.From.Milliseconds, fromSeq = batch.From.Sequence },
            transaction);
        if (moved != 1)
        {
            throw new FencedException(batch.Shard);
        }
    }

    private void Insert(Decision decision, SqliteTransaction transaction)
    {
        var p = _insert.Parameters;
        p[0].Value = decision.Shard;
        p[1].Value = decision.Position.Milliseconds;
        p[2].Value = decision.Position.Sequence;
        p[3].Value = IdHash(decision.Transaction.Id);
        p[4].Value = decision.Transaction.CardToken;
        p[5].Value = decision.Transaction.Country;
        p[6].Value = (int)decision.Outcome;
        p[7].Value = decision.Assessment.Risk;
        p[8].Value = MessageCodec.Encode(decision.Transaction);
        p[9].Value = MemoryMarshal.AsBytes(decision.Features.AsSpan()).ToArray();
        p[10].Value = decision.Assessment.ForestScore;
        p[11].Value = decision.Assessment.AutoencoderScore;
        p[12].Value = decision.Assessment.ForestPercentile;
        p[13].Value = decision.Assessment.AutoencoderPercentile;
        p[14].Value = decision.IsFlagged ? JsonSerializer.Serialize(decision.Reasons, AegisJson.Options) : DBNull.Value;
        p[15].Value = decision.IsFlagged ? JsonSerializer.Serialize(decision.RecentPayments, AegisJson.Options) : DBNull.Value;
        p[16].Value = VersionId(decision, transaction);
        p[17].Value = decision.TraceId;
        p[18].Value = decision.DecidedAt.ToUnixTimeMilliseconds();
        p[19].Value = decision.LatencyMs;
        _insert.ExecuteNonQuery();
    }

    /// <summary>The key of the id index.</summary>
    internal static long IdHash(string id) => unchecked((long)StableHash.Hash64(id));

    private long VersionId(Decision decision, SqliteTransaction transaction)
    {
        var key = (decision.ModelVersion, decision.SchemaHash, decision.RatesVersion);
        if (!_versions.TryGetValue(key, out var id))
        {
            var row = new { model = decision.ModelVersion, schema = decision.SchemaHash, rates = decision.RatesVersion };
            _connection.Execute("INSERT OR IGNORE INTO versions (model, schema_hash, rates) VALUES (@model, @schema, @rates)", row, transaction);
            _versions[key] = id = _connection.QuerySingle<long>("SELECT id FROM versions WHERE model = @model AND schema_hash = @schema AND rates = @rates", row, transaction);
        }

        return id;
    }

    private void Insert(DeadLetter letter, SqliteTransaction transaction) => _connection.Execute(
        """
        INSERT INTO dead_letters (shard, position_ms, position_seq, item, reason, payload, first_seen_ms)
        VALUES (@Shard, @ms, @seq, @Item, @Reason, @Payload, @seen)
        """,
        new { letter.Shard, ms = letter.Position.Milliseconds, seq = letter.Position.Sequence, letter.Item, letter.Reason, letter.Payload, seen = letter.FirstSeen.ToUnixTimeMilliseconds() },
        transaction);

    private void Count(IReadOnlyList<CommitBatch> batches, SqliteTransaction transaction)
    {
        var decisions = batches.SelectMany(b => b.Decisions).Select(t => t.Decision).ToList();
        var counts = new (string Name, long Value)[]
        {
            ("decided", decisions.Count), ("flagged", decisions.Count(d => d.IsFlagged)), ("declined", decisions.Count(d => d.Outcome == DecisionOutcome.Decline)),
            ("deadLetters", batches.Sum(b => b.DeadLetters.Count)), ("duplicates", batches.Sum(b => b.Duplicates)), ("history", batches.Sum(b => b.History)),
        };
        foreach (var (name, value) in counts.Where(c => c.Value > 0))
        {
            _connection.Execute(
                "INSERT INTO counts (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value", new { name, value }, transaction);
        }

        foreach (var country in decisions.GroupBy(d => d.Transaction.Country))
        {
            _connection.Execute(
                """
                INSERT INTO country_counts (country, decided, flagged, declined) VALUES (@country, @decided, @flagged, @declined)
                ON CONFLICT (country) DO UPDATE SET decided = decided + excluded.decided, flagged = flagged + excluded.flagged, declined = declined + excluded.declined
                """,
                new { country = country.Key, decided = country.Count(), flagged = country.Count(d => d.IsFlagged), declined = country.Count(d => d.Outcome == DecisionOutcome.Decline) },
                transaction);
        }

        foreach (var bucket in decisions.GroupBy(d => Math.Min(ScoreBuckets - 1, (int)(d.Assessment.Score / (1000 / ScoreBuckets)))))
        {
            _connection.Execute(
                "INSERT INTO score_counts (bucket, value) VALUES (@bucket, @value) ON CONFLICT (bucket) DO UPDATE SET value = value + excluded.value",
                new { bucket = bucket.Key, value = bucket.Count() }, transaction);
        }
    }
}
