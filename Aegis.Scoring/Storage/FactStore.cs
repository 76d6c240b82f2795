using Aegis.Core.Budgets;
using Aegis.Core.Facts;
using Aegis.Scoring.Commits;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>The counts that shards have published for the facts. From time to time a merged table is kept too, so that
/// older counts can be deleted.</summary>
internal sealed class FactStore
{
    private const int PartBytes = 1 << 20;
    private const int RowsAtOnce = 500;
    private const string CompleteTables = "SELECT version_ms FROM fact_tables GROUP BY version_ms HAVING COUNT(*) = MAX(parts)";

    private readonly Store _store;
    private readonly FactCounts _counts = new();
    private readonly ScoreCounts _scores = new();

    /// <exception cref="StoreException">Another release wrote the store's facts.</exception>
    public FactStore(Store store)
    {
        _store = store;
        if (store.Remember("factsLayout", FactCounts.Layout) is var layout && layout != FactCounts.Layout)
        {
            throw new StoreException($"The facts in the store at {store.Path} have layout {layout}; this release reads {FactCounts.Layout}. Use the release that made them, or start with a fresh data folder.");
        }
    }

    /// <summary>The newest version to which no shard can add any more, because every shard has passed its barrier or a later one.</summary>
    public long CompleteMs()
    {
        using var connection = _store.Connect();
        return connection.QuerySingle<long>("SELECT MIN(barrier_ms) FROM shards");
    }

    /// <summary>The shard that holds a version up, and the last barrier that it has passed.</summary>
    public (int Shard, long BarrierMs) Slowest()
    {
        using var connection = _store.Connect();
        return connection.QueryFirst<(int, long)>("SELECT shard, barrier_ms FROM shards ORDER BY barrier_ms, shard LIMIT 1");
    }

    /// <summary>Brings a table to a later version. One thread at a time.</summary>
    /// <param name="table">The table to change. If the counts that it lacks are no longer kept, another table is used instead.</param>
    /// <param name="trend">How the stream scores, at the same version; changed or replaced with the table.</param>
    /// <param name="fromMs">The version of the table.</param>
    /// <param name="toMs">A complete version.</param>
    /// <returns>Both, or other ones, at the version asked for.</returns>
    /// <exception cref="StoreException">The version is older than anything that the store keeps.</exception>
    public (FactTable Table, ScoreTrend Trend) Bring(FactTable table, ScoreTrend trend, long fromMs, long toMs)
    {
        using var connection = _store.Connect();
        // One transaction shows the kept and the deleted versions as of one moment.
        using var transaction = connection.BeginTransaction(deferred: true);
        var kept = connection.Query<long>(CompleteTables, transaction: transaction).Order().ToList();
        if (kept.Count > 0 && fromMs < kept[0])
        {
            fromMs = kept.LastOrDefault(version => version <= toMs, -1);
            (table, trend) = fromMs >= 0 ? Read(connection, transaction, fromMs)
                : throw new StoreException($"Facts of version {toMs} are asked for; the oldest that is kept is {kept[0]}. Restore a backup, or start with a fresh data folder.");
        }

        // The counts are read in SQLite's memory. A copy would be a large array for each interval of each shard.
        using var published = new Statement(
            connection, "SELECT interval_end_ms, data FROM fact_counts WHERE interval_end_ms > ? AND interval_end_ms <= ? ORDER BY interval_end_ms, shard");
        for (published.Bind(fromMs).Bind(toMs); published.Next();)
        {
            _counts.Read(published.Bytes(1));
            table.Add(published.Integer(0), _counts);
        }

        using var scores = new Statement(
            connection, "SELECT interval_end_ms, data FROM fact_scores WHERE interval_end_ms > ? AND interval_end_ms <= ? ORDER BY interval_end_ms, shard");
        for (scores.Bind(fromMs).Bind(toMs); scores.Next();)
        {
            _scores.Read(scores.Bytes(1));
            trend.Add(scores.Integer(0), _scores);
        }

        return (table, trend);
    }

    /// <summary>The bytes of counts newer than the newest kept table, and the bytes of that table.</summary>
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

    /// <summary>Keeps a table and a trend of one version, piece by piece. They count once all pieces of the table are there.</summary>
    public void Keep(long versionMs, ReadOnlySpan<byte> table, byte[] trend)
    {
        using var connection = _store.Connect();
        using (_store.Turn.EnterScope())
        {
            connection.Execute(
                "INSERT INTO score_trends (version_ms, data) VALUES (@versionMs, @trend) ON CONFLICT (version_ms) DO UPDATE SET data = excluded.data",
                new { versionMs, trend });
        }

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

    /// <summary>Deletes some of the data that no shard will ask for. A shard asks for the version that it reads, and
    /// for later ones.</summary>
    /// <returns>True if something was deleted.</returns>
    public bool DropUnneeded()
    {
        using var connection = _store.Connect();
        // Data not needed now is not needed later either, so the look takes no turn from the writer.
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
                new { needed, RowsAtOnce }, transaction)
            + connection.Execute("DELETE FROM score_trends WHERE version_ms < @needed", new { needed }, transaction)
            + connection.Execute(
                "DELETE FROM fact_scores WHERE rowid IN (SELECT rowid FROM fact_scores WHERE interval_end_ms <= @needed LIMIT @RowsAtOnce)",
                new { needed, RowsAtOnce }, transaction);
        transaction.Commit();
        return deleted > 0;
    }

    private static (FactTable Table, ScoreTrend Trend) Read(SqliteConnection connection, SqliteTransaction transaction, long versionMs)
    {
        var whole = new MemoryStream();
        foreach (var part in connection.Query<byte[]>(
            "SELECT data FROM fact_tables WHERE version_ms = @versionMs ORDER BY part", new { versionMs }, transaction, buffered: false))
        {
            whole.Write(part);
        }

        // A table of a release before budgets has none beside it.
        var trend = connection.QuerySingleOrDefault<byte[]>(
            "SELECT data FROM score_trends WHERE version_ms = @versionMs", new { versionMs }, transaction);
        return (FactTable.Read(whole.GetBuffer().AsSpan(0, (int)whole.Length)), trend is null ? new ScoreTrend() : ScoreTrend.Read(trend));
    }
}
