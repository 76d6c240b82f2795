using Aegis.Core.Decisions;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Reads kept snapshots.</summary>
internal sealed class SnapshotStore(Store store)
{
    /// <summary>The parts of a kind as of a snapshot, in order.</summary>
    public IReadOnlyList<(int Part, int Count, byte[] Data)> Parts(int shard, SnapshotKind kind, LogPosition at)
    {
        using var connection = store.Connect();
        // Of each part the newest that is not newer than the snapshot: unchanged parts are those of an earlier one.
        return [.. connection.Query<(int Part, int Count, byte[] Data)>(
            """
            SELECT part, count, data FROM snapshot_parts AS p WHERE shard = @shard AND kind = @kind AND (position_ms, position_seq) <= (@ms, @seq)
                AND NOT EXISTS (
                    SELECT 1 FROM snapshot_parts WHERE shard = @shard AND kind = @kind AND part = p.part
                        AND (position_ms, position_seq) > (p.position_ms, p.position_seq) AND (position_ms, position_seq) <= (@ms, @seq))
            ORDER BY part
            """,
            new { shard, kind = (int)kind, ms = at.Milliseconds, seq = at.Sequence })];
    }

    /// <summary>Which entries and items of a shard were dead letters after a position.</summary>
    public IReadOnlySet<(LogPosition, int)> DeadAfter(int shard, LogPosition after)
    {
        using var connection = store.Connect();
        return connection.Query<(long Ms, long Seq, int Item)>(
            "SELECT position_ms, position_seq, item FROM dead_letters WHERE shard = @shard AND (position_ms, position_seq) > (@ms, @seq)",
            new { shard, ms = after.Milliseconds, seq = after.Sequence }).Select(row => (new LogPosition(row.Ms, row.Seq), row.Item)).ToHashSet();
    }
}
