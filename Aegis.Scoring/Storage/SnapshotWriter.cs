using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Storage;

/// <summary>Writes parts of snapshots, and deletes the parts that a complete snapshot replaces.</summary>
internal sealed class SnapshotWriter(StatementSet statements, PositionWriter positions)
{
    private readonly Statement _part = statements.Prepare(
        "INSERT OR REPLACE INTO snapshot_parts (shard, kind, part, position_ms, position_seq, count, data) VALUES (?, ?, ?, ?, ?, ?, ?)");

    private readonly Statement _dropSuperseded = statements.Prepare(
        """
        DELETE FROM snapshot_parts AS old WHERE shard = ?1 AND (position_ms, position_seq) < (?2, ?3) AND EXISTS (
            SELECT 1 FROM snapshot_parts WHERE shard = ?1 AND kind = old.kind AND part = old.part AND position_ms = ?2 AND position_seq = ?3)
        """);

    private readonly Statement _dropIds = statements.Prepare("DELETE FROM snapshot_parts WHERE shard = ? AND kind = 3 AND part < ?");

    /// <summary>Writes a part; the last one completes the snapshot.</summary>
    /// <exception cref="FencedException">Another process owns the shard.</exception>
    public void Write(SnapshotPart part)
    {
        positions.Check(part);
        var (ms, seq) = part.At;
        _part.Bind(part.Shard).Bind((long)part.Kind).Bind(part.Part).Bind(ms).Bind(seq).Bind(part.Count).Bind(part.Data.Span).Execute();
        if (part.Kind == SnapshotKind.State)
        {
            positions.CompleteSnapshot(part, part.At);
            _dropSuperseded.Bind(part.Shard).Bind(ms).Bind(seq).Execute();
            _dropIds.Bind(part.Shard).Bind(part.FirstIdPart).Execute();
        }
    }
}
