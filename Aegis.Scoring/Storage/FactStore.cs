using Aegis.Core.Facts;
using Aegis.Scoring.Commits;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>What shards have published for the facts, and tables of facts merged from it now and then, from which older counts need not be
/// kept.</summary>
internal sealed class FactStore
{
    private const int PartBytes = 1 << 20;
    private const int RowsAtOnce = 500;
    private const string CompleteTables = "SELECT version_ms FROM fact_tables GROUP BY version_ms HAVING COUNT(*) = MAX(parts)";

    private readonly Store _store;
    private readonly FactCounts _counts = new();

    /// <exception cref="StoreException">The store's facts are another release's.</exception>
    public FactStore(Store store)
    {
        _store = store;
        if (store.Remember("factsLayout", FactCounts.Layout) is var layout && layout != FactCounts.Layout)
        {
            throw new StoreException($"The facts in the store at {store.Path} have layout {layout}; this release reads {FactCounts.Layout}. Use the release that made them, or start with a fresh data folder.");
        }
    }

    /// <summary>The newest version that no shard can add to any more: every shard has passed a barrier that is not before it.</summary>
    public long CompleteMs()
    {
        using var connection = _store.Connect();
        return connection.QuerySingle<long>("SELECT MIN(barrier_ms) FROM shards");
    }

    /// <summary>Which shard holds a version up, and the last barrier that it has passed.</summary>
    public (int Shard, long BarrierMs) Slowest()
    {
        using var connection = _store.Connect();
        return connection.QueryFirst<(int, long)>("SELECT shard, barrier_ms FROM shards ORDER BY barrier_ms, shard LIMIT 1");
    }

    /// <summary>Brings a table to a later version. One thread at a time.</summary>
    /// <param name="table">Changed, unless what it lacks is not kept any more.</param>
    /// <param name="fromMs">The version that it has.</param>
    /// <param name="toMs">A complete version.</param>
    /// <returns>The table, or another one that has the version.</returns>
    /// <exception cref="StoreException">The version is older than anything that is kept.</exception>
    public FactTable Bring(FactTable table, long fromMs, long toMs)
    {
        using var connection = _store.Connect();
        // What is kept and what was deleted, as of one moment.
        using var transaction = connection.BeginTransaction(deferred: true);
        var kept = connection.Query<long>(CompleteTables, transaction: transaction).Order().ToList();
        if (kept.Count > 0 && fromMs < kept[0])
        {
            fromMs = kept.LastOrDefault(version => version <= toMs, -1);
            table = fromMs >= 0 ? Read(connection, transaction, fromMs)
                : throw new StoreException($"Facts of version {toMs} are asked for; the oldest that is kept is {kept[0]}. Restore a backup, or start with a fresh data folder.");
        }

        // Read where SQLite has them: every interval of every shard would else be a large array.
        using var published = new Statement(
            connection, "SELECT interval_end_ms, data FROM fact_counts WHERE interval_end_ms > ? AND interval_end_ms <= ? ORDER BY interval_end_ms, shard");
        for (published.Bind(fromMs).Bind(toMs); published.Next();)
        {
            _counts.Read(published.Bytes(1));
            table.Add(published.Integer(0), _counts);
        }

        return table;
    }

    /// <summary>How many bytes of counts are newer than the newest kept table, and how many that one has.</summary>
    public (long CountBytes, long TableBytes) Growth()
    {
        using var connection = _store.Connect();
        return connection.QuerySingle<(long, long)>(
            $"""
            WITH newest AS (SELECT COALESCE(MAX(version_ms), 0) AS version_ms FROM ({CompleteTables}))
            SELECT (SELECT COALESCE(SUM(LENGTH(data)), 0) FROM fact_counts WHERE interval_end_ms > (SELECT version_ms FROM newest)),
                (SELECT COALESCE(SUM(LENGTH(data)), 0) FROM fact_tables WHERE version_ms = (SELECT version_ms FROM newest))
            """);
    }

    /// <summary>Keeps a table, piece by piece; it counts once all are there.</summary>
    public void Keep(long versionMs, ReadOnlySpan<byte> table)
    {
        using var connection = _store.Connect();
        using var keep = new Statement(
            connection, "INSERT OR REPLACE INTO fact_tables (version_ms, part, parts, data) VALUES (?, ?, ?, ?)");
        var parts = (table.Length + PartBytes - 1) / PartBytes;
        for (var part = 0; part < parts; part++)
        {
            using var turn = _store.Turn.EnterScope();
            keep.Bind(versionMs).Bind(part).Bind(parts)
                .Bind(table.Slice(part * PartBytes, Math.Min(PartBytes, table.Length - (part * PartBytes)))).Execute();
        }
    }

    /// <summary>Deletes some of what no shard will ask for: each asks for the version that it reads, and for later ones.</summary>
    /// <returns>True where something was deleted.</returns>
    public bool DropUnneeded()
    {
        using var connection = _store.Connect();
        // What is not needed now is not needed later either: looking takes no turn from the writer.
        var needed = connection.QuerySingle<long?>(
            $"SELECT MAX(version_ms) FROM ({CompleteTables}) WHERE version_ms <= (SELECT MIN(facts_ms) FROM shards)");
        if (needed is null || !connection.ExecuteScalar<bool>(
            "SELECT EXISTS (SELECT 1 FROM fact_tables WHERE version_ms < @needed) OR EXISTS (SELECT 1 FROM fact_counts WHERE interval_end_ms <= @needed)", new { needed }))
        {
            return false;
        }

        using var turn = _store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        var deleted = connection.Execute("DELETE FROM fact_tables WHERE version_ms < @needed", new { needed }, transaction)
            + connection.Execute(
                "DELETE FROM fact_counts WHERE rowid IN (SELECT rowid FROM fact_counts WHERE interval_end_ms <= @needed LIMIT @RowsAtOnce)",
                new { needed, RowsAtOnce }, transaction);
        transaction.Commit();
        return deleted > 0;
    }

    private static FactTable Read(SqliteConnection connection, SqliteTransaction transaction, long versionMs)
    {
        var whole = new MemoryStream();
        foreach (var part in connection.Query<byte[]>(
            "SELECT data FROM fact_tables WHERE version_ms = @versionMs ORDER BY part", new { versionMs }, transaction, buffered: false))
        {
            whole.Write(part);
        }

        return FactTable.Read(whole.GetBuffer().AsSpan(0, (int)whole.Length));
    }
}
