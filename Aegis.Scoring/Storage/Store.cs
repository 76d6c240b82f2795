using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Streams;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>The SQLite file: opened, tuned and checked.</summary>
internal sealed class Store
{
    private const long MaxLog = 128 << 20;

    // The checkpoint of one that trims the log waits for that of maintenance: SQLite would refuse it.
    private readonly Lock _checkpoint = new();
    private readonly string _connectionString;

    private Store(string path)
    {
        Path = path;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 30 }.ToString();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Writers of this process take turns by it, so that none of them sleeps while the file is free.</summary>
    public Lock Turn { get; } = new();

    /// <summary>Opens a store, creating it where it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shardCount">The log's shards; another number than at first start is refused.</param>
    /// <exception cref="StoreException">The store was made for another release or number of shards.</exception>
    public static Store Open(string path, int shardCount)
    {
        PrivateFile.CreateFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        // SQLite gives the files beside it the same mode.
        PrivateFile.Own(path);
        var store = new Store(path);
        using var connection = store.Connect();
        // Large pages: fewer of them to write, and snapshots and index parts in short chains.
        connection.Execute("PRAGMA page_size = 16384; PRAGMA journal_mode = WAL;");
        Migrations.Apply(connection, store._connectionString);
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(
            "INSERT OR IGNORE INTO meta (name, value) VALUES ('shardCount', @shardCount)", new
            { shardCount = shardCount.ToString() }, transaction);
        var stored = connection.QuerySingle<string>("SELECT value FROM meta WHERE name = 'shardCount'", transaction: transaction);
        if (stored != shardCount.ToString())
        {
            throw new StoreException($"The store at {path} has shardCount {stored}; this process wants {shardCount}. The number of shards cannot change once transactions are logged.");
        }

        for (var shard = 0; shard < shardCount; shard++)
        {
            connection.Execute(
                "INSERT OR IGNORE INTO shards (shard, position_ms, position_seq, snapshot_ms, snapshot_seq, barrier_ms, facts_ms, epoch) VALUES (@shard, 0, 0, 0, 0, 0, 0, 0)", new { shard }, transaction);
        }

        transaction.Commit();
        return store;
    }

    /// <summary>An open connection; WAL survives a crash of the process with NORMAL, the log repeats what an operating system may
    /// lose.</summary>
    /// <remarks>Its cache is small: reads find their pages in the operating system's, and a large one in each connection of the pool would
    /// only fill up.</remarks>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.Execute("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 10000; PRAGMA wal_autocheckpoint = 0;");
        return connection;
    }

    /// <summary>Where each shard stands.</summary>
    public IReadOnlyDictionary<int, StoredShard> Shards()
    {
        using var connection = Connect();
        return connection.Query<ShardRow>($"SELECT {ShardRow.Columns} FROM shards").ToDictionary(row => (int)row.Shard, row => row.State);
    }

    /// <summary>The last entry whose results are stored, by shard.</summary>
    public IReadOnlyDictionary<int, LogPosition> Positions()
    {
        using var connection = Connect();
        return connection.Query<(long Shard, long Ms, long Sequence)>("SELECT shard, position_ms, position_seq FROM shards")
            .ToDictionary(row => (int)row.Shard, row => new LogPosition(row.Ms, row.Sequence));
    }

    /// <summary>Raises a shard's epoch: from now on commits of earlier owners are refused.</summary>
    /// <returns>Where the shard stands, with the new epoch.</returns>
    public StoredShard TakeOver(int shard)
    {
        using var connection = Connect();
        using var transaction = connection.BeginTransaction(deferred: false);
        var row = connection.QuerySingle<ShardRow>(
            $"UPDATE shards SET epoch = epoch + 1 WHERE shard = @shard RETURNING {ShardRow.Columns}", new { shard }, transaction);
        // What a dead owner left of a snapshot that it did not finish.
        connection.Execute(
            "DELETE FROM snapshot_parts WHERE shard = @shard AND (position_ms, position_seq) > (@ms, @seq)", new
                { shard, ms = row.SnapshotMs, seq = row.SnapshotSeq }, transaction);
        transaction.Commit();
        return row.State;
    }

    /// <summary>Copies what is in the write-ahead log into the file and syncs both, beside the writers; once the log is large, holds them
    /// up to begin it anew.</summary>
    /// <returns>True where all that was committed when it began outlives a power cut now.</returns>
    public bool Checkpoint()
    {
        using var connection = Connect();
        lock (_checkpoint)
        {
            var isAll = CheckpointPassively(connection);
            // Beginning anew waits for readers: while one of them, such as a backup, needs some of the log, it is not tried.
            // What was written during the first pass is copied by a second: little is left to do while writers wait.
            if (isAll && new FileInfo(Path + "-wal") is { Exists: true, Length: > MaxLog } && CheckpointPassively(connection))
            {
                lock (Turn)
                {
                    connection.Execute("PRAGMA busy_timeout = 100; PRAGMA wal_checkpoint(TRUNCATE)");
                }
            }

            return isAll;
        }
    }

    /// <returns>True where nothing kept it from copying all that was committed when it began.</returns>
    private static bool CheckpointPassively(SqliteConnection connection)
    {
        var (isBusy, frames, copied) = connection.QuerySingle<(bool IsBusy, long Frames, long Copied)>("PRAGMA wal_checkpoint(PASSIVE)");
        return !isBusy && copied == frames;
    }

    /// <summary>Keeps a model bundle.</summary>
    public void AddBundle(string version, byte[] body)
    {
        using var connection = Connect();
        using var turn = Turn.EnterScope();
        connection.Execute(
            "INSERT OR IGNORE INTO bundles (version, body, added_at_ms) VALUES (@version, @body, unixepoch() * 1000)",
            new { version, body });
    }

    /// <summary>A bundle by version; null where it is not kept.</summary>
    public byte[]? Bundle(string version)
    {
        using var connection = Connect();
        return connection.QuerySingleOrDefault<byte[]>("SELECT body FROM bundles WHERE version = @version", new { version });
    }

    /// <summary>The model in force before the first entry: that of the store's first start.</summary>
    public string FirstModel(string version) => Remember("firstModel", version);

    /// <summary>A lasting note: the value given first.</summary>
    public string Remember(string name, string value)
    {
        using var connection = Connect();
        using var turn = Turn.EnterScope();
        connection.Execute("INSERT OR IGNORE INTO meta (name, value) VALUES (@name, @value)", new { name, value });
        return connection.QuerySingle<string>("SELECT value FROM meta WHERE name = @name", new { name });
    }

    /// <summary>Changes a lasting note.</summary>
    public void Note(string name, string value)
    {
        using var connection = Connect();
        using var turn = Turn.EnterScope();
        connection.Execute(
            "INSERT INTO meta (name, value) VALUES (@name, @value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            new { name, value });
    }

    private sealed class ShardRow
    {
        public const string Columns =
            "shard, position_ms AS PositionMs, position_seq AS PositionSeq, snapshot_ms AS SnapshotMs, snapshot_seq AS SnapshotSeq, epoch, barrier_ms AS BarrierMs, facts_ms AS FactsMs, (SELECT COALESCE(MAX(sequence), 0) FROM decisions) AS Decisions";

        public long Shard { get; init; }
        public long PositionMs { get; init; }
        public long PositionSeq { get; init; }
        public long SnapshotMs { get; init; }
        public long SnapshotSeq { get; init; }
        public long Epoch { get; init; }
        public long BarrierMs { get; init; }
        public long FactsMs { get; init; }
        public long Decisions { get; init; }

        public StoredShard State =>
            new(new LogPosition(PositionMs, PositionSeq), new LogPosition(SnapshotMs, SnapshotSeq), Epoch, BarrierMs, FactsMs, Decisions);
    }
}
