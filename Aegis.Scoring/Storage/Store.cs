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
    private const string IdentityNote = "identity";
    private const string MarkedLog = "markedLog";
    private const int MissingTable = 1;
    private const int NotADatabase = 26;

    // The checkpoint of the log trimmer waits for that of maintenance: SQLite would refuse the second.
    private readonly Lock _checkpoint = new();
    private readonly string _connectionString;
    private bool _hasMarkedLog;

    private Store(string path)
    {
        Path = path;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 30 }.ToString();
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>A text of its own, which goes where the file goes. The log that belongs to it is marked with it.</summary>
    public string Identity { get; private set; } = "";

    /// <summary>True once the store's log was marked as its own: from then on a log without a mark is another one.</summary>
    public bool HasMarkedLog
    {
        get => _hasMarkedLog;
        set
        {
            if (value && !_hasMarkedLog)
            {
                Note(MarkedLog, "yes");
                _hasMarkedLog = true;
            }
        }
    }

    /// <summary>The lock by which the writers of this process take turns, so that none of them sleeps while the file is free.</summary>
    public Lock Turn { get; } = new();

    /// <summary>Opens a store, and creates it if it is missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shardCount">The number of the log's shards. A number other than at the first start is refused.</param>
    /// <exception cref="StoreException">The store was made for another release or another number of shards.</exception>
    public static Store Open(string path, int shardCount)
    {
        PrivateFile.CreateFolder(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        // SQLite gives the files beside it the same mode.
        PrivateFile.Own(path);
        var store = new Store(path);
        using var connection = store.Connect();
        // Large pages: a commit writes fewer of them, and snapshots and index parts need shorter chains.
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
        store.Identity = store.Remember(IdentityNote, Guid.NewGuid().ToString("N"));
        store._hasMarkedLog = connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM meta WHERE name = @MarkedLog)", new { MarkedLog });
        return store;
    }

    /// <summary>Checks that the file still stands under its name. Otherwise everything that is stored goes into a file that nobody
    /// will find.</summary>
    /// <exception cref="StoreException">It was deleted, moved or replaced.</exception>
    public void CheckFile()
    {
        // Not from the pool, which would give a connection to the file that stood there before.
        var path = new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false, Mode = SqliteOpenMode.ReadOnly };
        string? found = null;
        try
        {
            using var connection = new SqliteConnection(path.ToString());
            connection.Open();
            found = connection.QuerySingleOrDefault<string>("SELECT value FROM meta WHERE name = @IdentityNote", new { IdentityNote });
        }
        catch (SqliteException) when (!File.Exists(Path))
        {
            // Gone: said below.
        }
        catch (SqliteException e) when (e.SqliteErrorCode is MissingTable or NotADatabase)
        {
            // Another file: said below.
        }

        if (found != Identity)
        {
            throw new StoreException($"The store at {Path} was deleted, moved or replaced while Aegis ran. What was decided since stands in the log: stop Aegis, put the store back, and start it again.");
        }
    }

    /// <summary>Opens a connection. With WAL and NORMAL a commit survives a crash of the process. Recovery repeats from
    /// the log what a crash of the operating system may lose.</summary>
    /// <remarks>The cache is small, because reads find their pages in the operating system's cache. A large cache in
    /// each pooled connection would only fill up.</remarks>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        connection.Execute("PRAGMA synchronous = NORMAL; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 10000; PRAGMA wal_autocheckpoint = 0;");
        return connection;
    }

    /// <summary>The stored state of each shard.</summary>
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
        // A dead owner may have left parts of an unfinished snapshot.
        connection.Execute(
            "DELETE FROM snapshot_parts WHERE shard = @shard AND (position_ms, position_seq) > (@ms, @seq)", new
                { shard, ms = row.SnapshotMs, seq = row.SnapshotSeq }, transaction);
        transaction.Commit();
        return row.State;
    }

    /// <summary>Forgets a shard's snapshot: one that is made anew may have fewer parts.</summary>
    public void DropSnapshot(int shard, long epoch)
    {
        using var connection = Connect();
        using var turn = Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        if (connection.Execute(
            "UPDATE shards SET snapshot_ms = 0, snapshot_seq = 0 WHERE shard = @shard AND epoch = @epoch",
            new { shard, epoch }, transaction) == 1)
        {
            connection.Execute("DELETE FROM snapshot_parts WHERE shard = @shard", new { shard }, transaction);
        }

        transaction.Commit();
    }

    /// <summary>Copies the write-ahead log into the file and syncs both, beside the writers. Once the log is large, it
    /// holds the writers up to start the log again.</summary>
    /// <returns>True if everything committed before it began now survives a power cut.</returns>
    public bool Checkpoint()
    {
        using var connection = Connect();
        lock (_checkpoint)
        {
            var isAll = CheckpointPassively(connection);
            // To start the log again, SQLite waits for readers. While a reader such as a backup needs part of the log, this is
            // not tried. A second pass copies what was written during the first, so little is left to do while writers wait.
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

    /// <returns>True if it copied everything that was committed before it began.</returns>
    private static bool CheckpointPassively(SqliteConnection connection)
    {
        var (isBusy, frames, copied) = connection.QuerySingle<(bool IsBusy, long Frames, long Copied)>("PRAGMA wal_checkpoint(PASSIVE)");
        return !isBusy && copied == frames;
    }

    /// <summary>Stores a model bundle, unless its version is taken.</summary>
    /// <returns>False if the store holds another bundle of the version.</returns>
    public bool TryAddBundle(string version, byte[] body)
    {
        using var connection = Connect();
        using var turn = Turn.EnterScope();
        connection.Execute(
            "INSERT OR IGNORE INTO bundles (version, body, added_at_ms) VALUES (@version, @body, unixepoch() * 1000)",
            new { version, body });
        return connection.QuerySingle<bool>("SELECT body = @body FROM bundles WHERE version = @version", new { version, body });
    }

    /// <summary>A bundle by version; null if it is not stored.</summary>
    public byte[]? Bundle(string version)
    {
        using var connection = Connect();
        return connection.QuerySingleOrDefault<byte[]>("SELECT body FROM bundles WHERE version = @version", new { version });
    }

    /// <summary>Stores a table of exchange rates, unless its version is taken.</summary>
    /// <returns>False if the store holds another table of the version.</returns>
    public bool TryAddRateTable(string version, string body)
    {
        using var connection = Connect();
        using var turn = Turn.EnterScope();
        connection.Execute(
            "INSERT OR IGNORE INTO rate_tables (version, body, added_at_ms) VALUES (@version, @body, unixepoch() * 1000)",
            new { version, body });
        return connection.QuerySingle<bool>("SELECT body = @body FROM rate_tables WHERE version = @version", new { version, body });
    }

    /// <summary>A table of exchange rates by version; null if it is not stored.</summary>
    public string? RateTable(string version)
    {
        using var connection = Connect();
        return connection.QuerySingleOrDefault<string>("SELECT body FROM rate_tables WHERE version = @version", new { version });
    }

    /// <summary>The model in force before the first entry: the model of the store's first start.</summary>
    public string FirstModel(string version) => Remember("firstModel", version);

    /// <summary>A lasting note: the first value given for it.</summary>
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
            "shard, position_ms AS PositionMs, position_seq AS PositionSeq, snapshot_ms AS SnapshotMs, snapshot_seq AS SnapshotSeq, epoch, barrier_ms AS BarrierMs, facts_ms AS FactsMs, (SELECT COALESCE(MAX(sequence), 0) FROM decisions) AS Decisions, (SELECT data FROM shard_scores s WHERE s.shard = shards.shard) AS Scores";

        public long Shard { get; init; }
        public long PositionMs { get; init; }
        public long PositionSeq { get; init; }
        public long SnapshotMs { get; init; }
        public long SnapshotSeq { get; init; }
        public long Epoch { get; init; }
        public long BarrierMs { get; init; }
        public long FactsMs { get; init; }
        public long Decisions { get; init; }
        public byte[]? Scores { get; init; }

        public StoredShard State => new(
            new LogPosition(PositionMs, PositionSeq), new LogPosition(SnapshotMs, SnapshotSeq), Epoch, BarrierMs, FactsMs, Decisions,
            Scores);
    }
}
