using Aegis.Core.Numerics;
using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Storage;

/// <summary>Writes labels.</summary>
internal sealed class LabelWriter(StatementSet statements)
{
    private readonly Statement _insert = statements.Prepare(
        "INSERT OR REPLACE INTO labels (id_hash, position_ms, position_seq, shard, id, is_fraud, labelled_at_ms, is_counted) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

    /// <summary>Writes one label.</summary>
    public void Write(int shard, in StoredLabel label) =>
        _insert.Bind(unchecked((long)StableHash.Hash64(label.Id))).Bind(label.Position.Milliseconds).Bind(label.Position.Sequence)
            .Bind(shard)
            .Bind(label.Id).Bind(label.IsFraud ? 1 : 0).Bind(label.LabelledAtMs).Bind(label.IsCounted ? 1 : 0).Execute();
}
