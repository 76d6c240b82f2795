using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Reads stored snapshots.</summary>
internal sealed class SnapshotStore(Store store)
{
    /// <summary>The parts of a kind as of a snapshot, in order.</summary>
    public IReadOnlyList<(int Part, int Count, byte[] Data)> Parts(int shard, SnapshotKind kind, LogPosition at)
    {
        using var connection = store.Connect();
        return Parts(connection, shard, kind, at);
    }

    /// <summary>The ids that another process's shard remembered at its last snapshot.</summary>
    /// <param name="connection">A connection in a read transaction.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="newest">The newest decision of all shards.</param>
    /// <exception cref="StoreException">Another release wrote the snapshot.</exception>
    public static IdsSnapshot ReadIds(SqliteConnection connection, int shard, long newest)
    {
        var row = connection.QuerySingle<(long Ms, long Seq, long SnapshotMs, long SnapshotSeq)>(
            "SELECT position_ms, position_seq, snapshot_ms, snapshot_seq FROM shards WHERE shard = @shard", new { shard });
        var at = new LogPosition(row.SnapshotMs, row.SnapshotSeq);
        if (at == LogPosition.Start)
        {
            // A shard without a snapshot may have decided anything, unless it stands at its start.
            return new IdsSnapshot(shard, default, [], new LogPosition(row.Ms, row.Seq) == LogPosition.Start ? newest : 0);
        }

        var state = SnapshotState.Read(shard, Parts(connection, shard, SnapshotKind.State, at)[0].Data);
        var parts = Parts(connection, shard, SnapshotKind.Ids, at).Where(part => part.Part >= state.Ids.FirstPart).Select(part => part.Data)
            .ToList();
        return new IdsSnapshot(shard, state.Ids, parts, state.Decisions);
    }

    private static IReadOnlyList<(int Part, int Count, byte[] Data)> Parts(
        SqliteConnection connection, int shard, SnapshotKind kind, LogPosition at) =>
        // For each part, the newest version not newer than the snapshot: unchanged parts come from an earlier snapshot.
        [.. connection.Query<(int Part, int Count, byte[] Data)>(
            """
            SELECT part, count, data FROM snapshot_parts AS p WHERE shard = @shard AND kind = @kind AND (position_ms, position_seq) <= (@ms, @seq)
                AND NOT EXISTS (
                    SELECT 1 FROM snapshot_parts WHERE shard = @shard AND kind = @kind AND part = p.part
                        AND (position_ms, position_seq) > (p.position_ms, p.position_seq) AND (position_ms, position_seq) <= (@ms, @seq))
            ORDER BY part
            """,
            new { shard, kind = (int)kind, ms = at.Milliseconds, seq = at.Sequence })];

    /// <summary>The entries and items of a shard after a position that were dead letters.</summary>
    public IReadOnlySet<(LogPosition, int)> DeadAfter(int shard, LogPosition after)
    {
        using var connection = store.Connect();
        return connection.Query<(long Ms, long Seq, int Item)>(
            "SELECT position_ms, position_seq, item FROM dead_letters WHERE shard = @shard AND (position_ms, position_seq) > (@ms, @seq)",
            new { shard, ms = after.Milliseconds, seq = after.Sequence }).Select(row => (new LogPosition(row.Ms, row.Seq), row.Item))
                .ToHashSet();
    }
}
