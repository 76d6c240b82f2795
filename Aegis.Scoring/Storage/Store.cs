using Aegis.Core.Decisions;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>The SQLite file: opened, tuned and checked.</summary>
internal sealed class Store
{
    private readonly string _connectionString;

    private Store(string connectionString) => _connectionString = connectionString;

    /// <summary>Opens a store, creating it where it is missing, and takes it over from whoever wrote before.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shardCount">The log's shards; another number than at first start is refused.</param>
    /// <exception cref="StoreException">The store was made for another release or number of shards.</exception>
    public static Store Open(string path, int shardCount)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var store = new Store(new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 30 }.ToString());
        using var connection = store.Connect();
        connection.Execute("PRAGMA journal_mode = WAL;");
        connection.Execute(Schema.Create);
        CheckMeta(connection, "schemaVersion", Schema.Version, "Start with a fresh data folder, or use the release that made this one.");
        CheckMeta(connection, "shardCount", shardCount, "The number of shards cannot change once transactions are logged.");
        for (var shard = 0; shard < shardCount; shard++)
        {
            connection.Execute("INSERT OR IGNORE INTO shards (shard, position_ms, position_seq, epoch) VALUES (@shard, 0, 0, 0)", new { shard });
        }

        return store;
    }

    /// <summary>An open connection with a large cache; WAL survives a crash of the process with NORMAL, the log repeats what an operating system may lose.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.Execute("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 10000;");
        return connection;
    }

    /// <summary>Where each shard stands.</summary>
    public IReadOnlyDictionary<int, LogPosition> Positions()
    {
        using var connection = Connect();
        return connection.Query<(int Shard, long Ms, long Seq)>("SELECT shard, position_ms, position_seq FROM shards")
            .ToDictionary(row => row.Shard, row => new LogPosition(row.Ms, row.Seq));
    }

    /// <summary>Raises the epoch of every shard: from now on commits of earlier owners are refused.</summary>
    /// <returns>The new epoch.</returns>
    public long TakeOver()
    {
        using var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute("UPDATE shards SET epoch = (SELECT MAX(epoch) + 1 FROM shards)", transaction: transaction);
        var epoch = connection.ExecuteScalar<long>("SELECT MAX(epoch) FROM shards", transaction: transaction);
        transaction.Commit();
        return epoch;
    }

    private static void CheckMeta(SqliteConnection connection, string name, int expected, string advice)
    {
        connection.Execute("INSERT OR IGNORE INTO meta (name, value) VALUES (@name, @value)", new { name, value = expected.ToString() });
        var found = connection.QuerySingle<string>("SELECT value FROM meta WHERE name = @name", new { name });
        if (found != expected.ToString())
        {
            throw new StoreException($"The store at {connection.DataSource} has {name} {found}; this process wants {expected}. {advice}");
        }
    }
}
