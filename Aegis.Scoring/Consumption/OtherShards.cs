using Aegis.Scoring.Storage;
using Aegis.Streams;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Consumption;

/// <summary>The ids of shards that other processes own, as they commit them: an id that one shard has decided is not decided again in another, whoever owns it. Any thread.</summary>
/// <remarks>
/// Two processes may meet one id at the same time. The first to commit wins: each looks at what the others have committed, within its own write transaction,
/// before it writes; a shard that took such an id is given up and decides anew what it has not committed (<see cref="RecentIds.TryTakeOvertaken"/>).
/// </remarks>
internal sealed class OtherShards(Store store, RecentIds ids, StreamOptions streams)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, ShardIds> _shards = [];
    private long? _seen;

    /// <summary>Watches shards that are another's, from what they remember now on.</summary>
    /// <exception cref="SqliteException">The store cannot be read now.</exception>
    public void Watch(IEnumerable<int> shards)
    {
        lock (_lock)
        {
            var added = shards.Where(shard => !_shards.ContainsKey(shard)).ToDictionary(shard => shard, shard => new ShardIds(ids, shard, Math.Max(1, ids.Capacity / streams.ShardCount)));
            try
            {
                Add(added, isEmpty: true);
            }
            catch
            {
                foreach (var remembered in added.Values)
                {
                    remembered.Clear();
                }

                throw;
            }
        }
    }

    /// <summary>Watches a shard that was this process's until now.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="remembered">What its worker remembered. What of that it never committed the next owner finds in the log.</param>
    /// <exception cref="SqliteException">The store cannot be read now.</exception>
    public void Watch(int shard, ShardIds remembered)
    {
        lock (_lock)
        {
            Add(new() { [shard] = remembered }, isEmpty: false);
        }
    }

    /// <summary>A shard is this process's from now on.</summary>
    public void Leave(int shard)
    {
        lock (_lock)
        {
            if (_shards.Remove(shard, out var remembered))
            {
                remembered.Clear();
            }
        }
    }

    /// <summary>Takes in what other processes have committed since the last time.</summary>
    /// <param name="connection">In a write transaction, nobody else commits until that ends.</param>
    public void CatchUp(SqliteConnection connection)
    {
        lock (_lock)
        {
            var newest = Newest(connection);
            if (_seen is { } seen && newest > seen)
            {
                Read(connection, seen, newest, _shards);
            }

            _seen = newest;
        }
    }

    /// <summary>A shard of this process that took an id which another process has committed first.</summary>
    public bool TryTakeOvertaken(out int shard) => ids.TryTakeOvertaken(out shard);

    /// <summary>This process has committed up to a sequence; before that it has caught up.</summary>
    public void Committed(long sequence)
    {
        lock (_lock)
        {
            _seen = Math.Max(_seen ?? 0, sequence);
        }
    }

    private static long Newest(SqliteConnection connection) => connection.ExecuteScalar<long>("SELECT COALESCE(MAX(sequence), 0) FROM decisions");

    private void Add(Dictionary<int, ShardIds> added, bool isEmpty)
    {
        if (added.Count == 0)
        {
            return;
        }

        using var connection = store.Connect();
        using var moment = connection.BeginTransaction(deferred: true);
        var newest = Newest(connection);
        var from = newest;
        foreach (var (shard, remembered) in added)
        {
            from = Math.Min(from, SnapshotStore.ReadIds(connection, shard, isEmpty ? remembered : null));
        }

        Read(connection, from, newest, added);
        foreach (var (shard, remembered) in added)
        {
            _shards[shard] = remembered;
        }

        _seen ??= newest;
    }

    private void Read(SqliteConnection connection, long after, long last, Dictionary<int, ShardIds> shards)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT shard, transaction_body FROM decisions WHERE sequence > $after AND sequence <= $last";
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$last", last);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var shard = reader.GetInt32(0);
            var transaction = new TransactionView(reader.GetFieldValue<byte[]>(1));
            var key = TransactionKey.Of(transaction);
            if (shards.TryGetValue(shard, out var remembered))
            {
                remembered.Settle(key, transaction.EventTimeMs / 1_000);
            }
            else
            {
                ids.Contest(key, shard);
            }
        }
    }
}
