using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Storage;

/// <summary>Moves shards in the table <c>shards</c>, if the epoch and the position before allow it: this is the fence.</summary>
internal sealed class PositionWriter(StatementSet statements)
{
    private readonly Statement _advance = statements.Prepare(
        "UPDATE shards SET position_ms = ?, position_seq = ? WHERE shard = ? AND epoch = ? AND position_ms = ? AND position_seq = ?");

    private readonly Statement _fence = statements.Prepare("UPDATE shards SET epoch = epoch WHERE shard = ? AND epoch = ?");
    private readonly Statement _pass = statements.Prepare("UPDATE shards SET barrier_ms = ?, facts_ms = ? WHERE shard = ?");
    private readonly Statement _publish = statements.Prepare(
        "INSERT OR REPLACE INTO fact_counts (interval_end_ms, shard, data) VALUES (?, ?, ?)");
    private readonly Statement _complete = statements.Prepare(
        "UPDATE shards SET snapshot_ms = ?, snapshot_seq = ? WHERE shard = ? AND epoch = ?");

    /// <summary>Moves a block's shard from the block's first position to its last.</summary>
    /// <exception cref="FencedException">Another process owns the shard, or its position is another one.</exception>
    public void Advance(DecisionBlock block)
    {
        var (to, from) = (block.To, block.From);
        var moved = _advance.Bind(to.Milliseconds).Bind(to.Sequence).Bind(block.Shard).Bind(block.Epoch).Bind(from.Milliseconds)
            .Bind(from.Sequence).Execute();
        if (moved != 1)
        {
            throw new FencedException(block.Shard);
        }
    }

    /// <summary>Checks that this process still owns a shard.</summary>
    /// <exception cref="FencedException">Another process owns it.</exception>
    public void Check(StoreWork work)
    {
        if (_fence.Bind(work.Shard).Bind(work.Epoch).Execute() != 1)
        {
            throw new FencedException(work.Shard);
        }
    }

    /// <summary>Notes that a shard has passed a barrier, and stores its counts before it.</summary>
    public void Pass(int shard, PublishedCounts counts)
    {
        _publish.Bind(counts.IntervalEndMs).Bind(shard).Bind(counts.Counts.Span).Execute();
        _pass.Bind(counts.IntervalEndMs).Bind(counts.ReadsMs).Bind(shard).Execute();
    }

    /// <summary>Notes that a shard's snapshot is complete.</summary>
    public void CompleteSnapshot(StoreWork work, LogPosition at) =>
        _complete.Bind(at.Milliseconds).Bind(at.Sequence).Bind(work.Shard).Bind(work.Epoch).Execute();
}
