using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Entries;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Duplicates;

/// <summary>Remembers the ids that other processes commit for their shards, so that no second shard decides an id
/// again, whoever owns it. Any thread.</summary>
/// <remarks>
/// Two processes may meet one id at the same time. The first to commit wins. Within its own write transaction, and
/// before it writes, each process reads what the others have committed. The store refuses a shard that took such an id.
/// The process gives that shard up, rebuilds it, and decides its uncommitted entries anew.
/// </remarks>
internal sealed class OtherShards(Store store, RecentIds ids, StreamOptions streams) : IForeignCommits
{
    // The shards of other processes are numbered apart from this process's own. A shard that is rebuilt here takes its
    // ids over one by one, so each id is known at every moment.
    private const int Foreign = 0x8000;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, ShardIds> _shards = [];
    private readonly HashSet<int> _overtaken = [];
    private long? _seen;

    /// <summary>Starts to watch shards, from the ids that they remember now; shards already watched stay so. Takes as
    /// long as rebuilding them from a snapshot and the store's later rows.</summary>
    /// <exception cref="SqliteException">The store cannot be read now.</exception>
    /// <exception cref="StoreException">Another release wrote a snapshot.</exception>
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

        // The slow reads come before the lock, so that nobody waits for them.
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

    /// <summary>Hands a shard's ids to its worker in this process. Any earlier report that the worker was overtaken is dropped.</summary>
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
                // The shard is changing hands: the process that rebuilds it will remember the id.
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
