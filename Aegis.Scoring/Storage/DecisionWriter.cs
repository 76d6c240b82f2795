using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Streams;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Writes work for shards: decisions, dead letters, counts, snapshot parts and positions in one transaction, fenced by epoch and by the position before. One thread.</summary>
internal sealed class DecisionWriter : IDisposable
{
    /// <summary>Six doubles stand before the feature vector.</summary>
    public const int ScoreBytes = 6 * sizeof(double);

    private readonly SqliteConnection _connection;
    private readonly Lock _turn;
    private readonly Statement _begin;
    private readonly Statement _commit;
    private readonly Statement _rollback;
    private readonly Statement _advance;
    private readonly Statement _fence;
    private readonly Statement _publish;
    private readonly Statement _pass;
    private readonly Statement _decision;
    private readonly Statement _alert;
    private readonly Statement _external;
    private readonly Statement _deadLetter;
    private readonly Statement _label;
    private readonly Statement _part;
    private readonly Statement _complete;
    private readonly Statement _dropSuperseded;
    private readonly Statement _dropIds;
    private readonly CountWriter _counts;
    private readonly IForeignCommits? _others;
    private long _newest;
    private readonly Dictionary<(string, string), long> _versions = [];
    private readonly byte[] _scores = new byte[ScoreBytes + (FeatureSchema.Count * sizeof(float))];

    /// <param name="store">The store.</param>
    /// <param name="others">What other processes commit; null where there are none.</param>
    public DecisionWriter(Store store, IForeignCommits? others = null)
    {
        _others = others;
        _connection = store.Connect();
        // A commit's pages stay in memory until it is done.
        _connection.Execute("PRAGMA cache_size = -65536");
        _turn = store.Turn;
        _begin = new Statement(_connection, "BEGIN IMMEDIATE");
        _commit = new Statement(_connection, "COMMIT");
        _rollback = new Statement(_connection, "ROLLBACK");
        _advance = new Statement(_connection, "UPDATE shards SET position_ms = ?, position_seq = ? WHERE shard = ? AND epoch = ? AND position_ms = ? AND position_seq = ?");
        _fence = new Statement(_connection, "UPDATE shards SET epoch = epoch WHERE shard = ? AND epoch = ?");
        _publish = new Statement(_connection, "INSERT OR REPLACE INTO fact_counts (interval_end_ms, shard, data) VALUES (?, ?, ?)");
        _pass = new Statement(_connection, "UPDATE shards SET barrier_ms = ?, facts_ms = ? WHERE shard = ?");
        _decision = new Statement(
            _connection,
            """
            INSERT INTO decisions (shard, position_ms, position_seq, item, id_hash, card_hash, country, outcome, is_late, risk, version_id, facts_ms, decided_at_us, transaction_body, scores, trace_parent)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
        _alert = new Statement(_connection, "INSERT INTO alerts (sequence, outcome, country, reasons, recent_payments) VALUES (?, ?, ?, ?, ?)");
        _external = new Statement(_connection, "INSERT INTO external_scores (sequence, score) VALUES (?, ?)");
        // A letter that is driven again and fails again is a letter of its own; one that is met again at its place stays as it is.
        _deadLetter = new Statement(
            _connection, "INSERT OR IGNORE INTO dead_letters (shard, position_ms, position_seq, item, kind, reason, payload, first_seen_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        _label = new Statement(
            _connection, "INSERT OR REPLACE INTO labels (id_hash, position_ms, position_seq, shard, id, is_fraud, labelled_at_ms, is_counted) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        _part = new Statement(
            _connection, "INSERT OR REPLACE INTO snapshot_parts (shard, kind, part, position_ms, position_seq, count, data) VALUES (?, ?, ?, ?, ?, ?, ?)");
        _complete = new Statement(_connection, "UPDATE shards SET snapshot_ms = ?, snapshot_seq = ? WHERE shard = ? AND epoch = ?");
        _dropSuperseded = new Statement(
            _connection,
            """
            DELETE FROM snapshot_parts AS old WHERE shard = ?1 AND (position_ms, position_seq) < (?2, ?3) AND EXISTS (
                SELECT 1 FROM snapshot_parts WHERE shard = ?1 AND kind = old.kind AND part = old.part AND position_ms = ?2 AND position_seq = ?3)
            """);
        _dropIds = new Statement(_connection, "DELETE FROM snapshot_parts WHERE shard = ? AND kind = 3 AND part < ?");
        _counts = new CountWriter(_connection);
    }

    /// <summary>Stores work, all or nothing.</summary>
    /// <exception cref="FencedException">A shard is no longer this process's; nothing is stored.</exception>
    /// <exception cref="SqliteException">The store cannot be written; nothing is stored.</exception>
    public void Commit(IReadOnlyList<StoreWork> work)
    {
        lock (_turn)
        {
            CommitNow(work);
        }
    }

    public void Dispose()
    {
        Statement[] all = [_begin, _commit, _rollback, _advance, _fence, _publish, _pass, _decision, _alert, _external, _deadLetter, _label, _part, _complete, _dropSuperseded, _dropIds];
        foreach (var statement in all)
        {
            statement.Dispose();
        }

        _counts.Dispose();
        _connection.Dispose();
    }

    private void CommitNow(IReadOnlyList<StoreWork> work)
    {
        // Mostly all of it before anybody has to wait for this process.
        _others?.CatchUp(_connection);
        _newest = 0;
        _begin.Execute();
        try
        {
            _others?.CatchUp(_connection);
            foreach (var item in work)
            {
                Write(item);
            }

            _counts.Write();
            _commit.Execute();
            _others?.Committed(_newest);
        }
        catch (Exception e) when (e is SqliteException or FencedException)
        {
            _counts.Clear();
            _versions.Clear();
            // A full disk may have rolled back already.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
            {
                _rollback.Execute();
            }

            throw;
        }
    }

    private void Write(StoreWork work)
    {
        switch (work)
        {
            case DecisionBlock block:
                Write(block);
                break;
            case SnapshotPart part:
                Write(part);
                break;
        }
    }

    private void Write(DecisionBlock block)
    {
        if (_others?.IsOvertaken(block.Shard) == true)
        {
            throw new FencedException(block.Shard, "took an id that another scoring process has decided first; it decides again what was not stored");
        }

        var moved = _advance.Bind(block.To.Milliseconds).Bind(block.To.Sequence).Bind(block.Shard).Bind(block.Epoch).Bind(block.From.Milliseconds).Bind(block.From.Sequence).Execute();
        if (moved != 1)
        {
            throw new FencedException(block.Shard);
        }

        if (block.Published is { } counts)
        {
            _publish.Bind(counts.IntervalEndMs).Bind(block.Shard).Bind(counts.Counts.Span).Execute();
            _pass.Bind(counts.IntervalEndMs).Bind(counts.ReadsMs).Bind(block.Shard).Execute();
        }

        var versionId = VersionId(block);
        var made = 0;
        var caller = 0;
        for (var index = 0; index < block.Count; index++)
        {
            var traceParent = caller < block.Callers.Count && block.Callers[caller].Row == index ? block.Callers[caller++].TraceParent : null;
            var isMade = made < block.Made.Count && block.Made[made].Row == index;
            Insert(block, index, versionId, traceParent);
            _newest = _decision.LastRow;
            block.FirstSequence = index == 0 ? _newest : block.FirstSequence;
            if (block.Rows[index].Assessment.ExternalScore is { } external)
            {
                _external.Bind(_newest).Bind(external).Execute();
            }

            if (block.Rows[index].Outcome != DecisionOutcome.Approve)
            {
                InsertAlert(block.Made[made].Decision, block.Rows[index].Country);
            }

            made += isMade ? 1 : 0;
        }

        foreach (var letter in block.DeadLetters)
        {
            Insert(letter);
        }

        foreach (ref readonly var label in CollectionsMarshal.AsSpan(block.Labels))
        {
            _label.Bind(unchecked((long)StableHash.Hash64(label.Id))).Bind(label.Position.Milliseconds).Bind(label.Position.Sequence).Bind(block.Shard)
                .Bind(label.Id).Bind(label.IsFraud ? 1 : 0).Bind(label.LabelledAtMs).Bind(label.IsCounted ? 1 : 0).Execute();
        }

        _counts.Add(block);
    }

    private void Insert(DecisionBlock block, int index, long versionId, string? traceParent)
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
            .Bind((long)row.Outcome).Bind(row.IsLate ? 1 : 0).Bind(row.Assessment.Risk).Bind(versionId).Bind(block.FactsMs).Bind(block.Times.DecidedMicroseconds)
            .Bind(block.BodyOf(row)).Bind(_scores).Bind(traceParent).Execute();
    }

    private void InsertAlert(Decision decision, ushort country) =>
        _alert.Bind(_decision.LastRow).Bind((long)decision.Outcome).Bind(country)
            .Bind(JsonSerializer.Serialize(decision.Reasons, AegisJson.Options)).Bind(JsonSerializer.Serialize(decision.RecentPayments, AegisJson.Options)).Execute();

    private void Insert(DeadLetter letter) =>
        _deadLetter.Bind(letter.Shard).Bind(letter.Position.Milliseconds).Bind(letter.Position.Sequence).Bind(letter.Item).Bind((long)letter.Kind)
            .Bind(letter.Reason).Bind(letter.Payload.AsSpan()).Bind(letter.FirstSeen.ToUnixTimeMilliseconds()).Execute();

    private void Write(SnapshotPart part)
    {
        var (ms, seq) = part.At;
        if (_fence.Bind(part.Shard).Bind(part.Epoch).Execute() != 1)
        {
            throw new FencedException(part.Shard);
        }

        _part.Bind(part.Shard).Bind((long)part.Kind).Bind(part.Part).Bind(ms).Bind(seq).Bind(part.Count).Bind(part.Data.Span).Execute();
        if (part.Kind == SnapshotKind.State)
        {
            _complete.Bind(ms).Bind(seq).Bind(part.Shard).Bind(part.Epoch).Execute();
            _dropSuperseded.Bind(part.Shard).Bind(ms).Bind(seq).Execute();
            _dropIds.Bind(part.Shard).Bind(part.FirstIdPart).Execute();
        }
    }

    private long VersionId(DecisionBlock block)
    {
        var key = (block.Versions.Model, block.RatesVersion);
        if (!_versions.TryGetValue(key, out var id))
        {
            var row = new { model = block.Versions.Model, schema = FeatureSchema.Hash, rates = block.RatesVersion };
            _connection.Execute("INSERT OR IGNORE INTO versions (model, schema_hash, rates) VALUES (@model, @schema, @rates)", row);
            _versions[key] = id = _connection.QuerySingle<long>("SELECT id FROM versions WHERE model = @model AND schema_hash = @schema AND rates = @rates", row);
        }

        return id;
    }
}
