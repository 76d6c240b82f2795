using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Entries;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Duplicates;

/// <summary>The ids of shards that this process does not own, as their owners commit them: an id that one shard has decided is not decided
/// again in another, whoever owns it. Any thread.</summary>
/// <remarks>
/// Two processes may meet one id at the same time. The first to commit wins: each looks at what the others have committed, within its own
/// write transaction,
/// before it writes; a shard that took such an id is refused, given up and rebuilt, and decides anew what it has not committed.
/// </remarks>
internal sealed class OtherShards(Store store, RecentIds ids, StreamOptions streams) : IForeignCommits
{
    // Their ids are held under another number than the shard's own: one that is rebuilt here takes them over one by one, and at no moment
    // are they unknown.
    private const int Foreign = 0x8000;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, ShardIds> _shards = [];
    private readonly HashSet<int> _overtaken = [];
    private long? _seen;

    /// <summary>Watches shards, from what they remember now on; those that are watched already stay so. Takes as long as rebuilding them
    /// from a snapshot and the store's rows since.</summary>
    /// <exception cref="SqliteException">The store cannot be read now.</exception>
    /// <exception cref="StoreException">A snapshot is another release's.</exception>
    public void Watch(IEnumerable<int> shards)
    {
        List<int> added;
        lock (_lock)
        {
            added = [.. shards.Where(shard => !_shards.ContainsKey(shard))];
        }

        if (added.Count == 0)
        {
            return;
        }

        // What takes long is read before anybody has to wait for it.
        using var connection = store.Connect();
        List<IdsSnapshot> snapshots;
        List<CommittedId> since;
        long newest;
        using (connection.BeginTransaction(deferred: true))
        {
            newest = Newest(connection);
            snapshots = [.. added.Select(shard => SnapshotStore.ReadIds(connection, shard, newest))];
            since = [.. Rows(connection, snapshots.Min(snapshot => snapshot.Decisions), newest).Where(row => added.Contains(row.Shard))];
        }

        lock (_lock)
        {
            _seen ??= newest;
            foreach (var snapshot in snapshots)
            {
                var remembered = _shards[snapshot.Shard] = new ShardIds(
                    ids, snapshot.Shard | Foreign, Math.Max(1, ids.Capacity / streams.ShardCount));
                remembered.Restore(snapshot.State, snapshot.Parts);
            }

            Settle(since);
            Settle(Rows(connection, newest, _seen.Value).Where(row => added.Contains(row.Shard)));
        }
    }

    /// <summary>A shard's ids are its worker's from now on; what was said against the worker before it is void.</summary>
    public void Leave(int shard)
    {
        lock (_lock)
        {
            if (_shards.Remove(shard, out var remembered))
            {
                remembered.Clear();
            }

            TakeOvertaken();
            _overtaken.Remove(shard);
        }
    }

    /// <inheritdoc/>
    public void CatchUp(SqliteConnection connection)
    {
        lock (_lock)
        {
            var newest = Newest(connection);
            if (_seen is { } seen && newest > seen)
            {
                Settle(Rows(connection, seen, newest));
            }

            _seen = newest;
            TakeOvertaken();
        }
    }

    /// <inheritdoc/>
    public bool IsOvertaken(int shard)
    {
        lock (_lock)
        {
            return _overtaken.Remove(shard);
        }
    }

    /// <inheritdoc/>
    public void Committed(long sequence)
    {
        lock (_lock)
        {
            _seen = Math.Max(_seen ?? 0, sequence);
        }
    }

    private void Settle(IEnumerable<CommittedId> rows)
    {
        foreach (var row in rows)
        {
            if (_shards.TryGetValue(row.Shard, out var remembered))
            {
                remembered.Settle(row.Key, row.EventSeconds);
            }
            else
            {
                // Of a shard that is changing hands: whoever rebuilds it here will remember the id.
                ids.Contest(row.Key, row.Shard);
            }
        }
    }

    private void TakeOvertaken()
    {
        while (ids.TryTakeOvertaken(out var shard))
        {
            _overtaken.Add(shard);
        }
    }

    private static long Newest(SqliteConnection connection) =>
        connection.ExecuteScalar<long>("SELECT COALESCE(MAX(sequence), 0) FROM decisions");

    private static IEnumerable<CommittedId> Rows(SqliteConnection connection, long after, long last)
    {
        if (after >= last)
        {
            yield break;
        }

        using var command = connection.CreateCommand();
        command.CommandText = "SELECT shard, transaction_body FROM decisions WHERE sequence > $after AND sequence <= $last";
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$last", last);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return Row(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1));
        }

        static CommittedId Row(int shard, byte[] body)
        {
            var transaction = new TransactionView(body);
            return new CommittedId(shard, TransactionKey.Of(transaction), transaction.EventTimeMs / 1_000);
        }
    }

    private readonly record struct CommittedId(int Shard, TransactionKey Key, long EventSeconds);
}
