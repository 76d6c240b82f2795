using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Storage;

/// <summary>Writes what a shard has decided since its last barrier with each commit, and publishes it with the barrier.</summary>
internal sealed class ScoreWriter(StatementSet statements)
{
    private readonly Statement _keep = statements.Prepare(
        "INSERT INTO shard_scores (shard, data) VALUES (?, ?) ON CONFLICT (shard) DO UPDATE SET data = excluded.data");

    private readonly Statement _publish = statements.Prepare(
        "INSERT OR REPLACE INTO fact_scores (interval_end_ms, shard, data) VALUES (?, ?, ?)");

    private readonly Statement _begin = statements.Prepare("DELETE FROM shard_scores WHERE shard = ?");
    private readonly Dictionary<int, DecisionBlock> _last = [];

    /// <summary>Adds a block. Its counts hold those of the shard's blocks before it, so only the last of a commit is written.</summary>
    public void Add(DecisionBlock block)
    {
        if (block.Published is { } published)
        {
            _publish.Bind(published.IntervalEndMs).Bind(block.Shard).Bind(block.Scores).Execute();
            _begin.Bind(block.Shard).Execute();
            _last.Remove(block.Shard);
        }
        else if (block.Count > 0)
        {
            _last[block.Shard] = block;
        }
    }

    /// <summary>Writes the counts of the blocks added.</summary>
    public void Write()
    {
        foreach (var block in _last.Values)
        {
            _keep.Bind(block.Shard).Bind(block.Scores).Execute();
        }

        Clear();
    }

    /// <summary>Forgets the blocks.</summary>
    public void Clear() => _last.Clear();
}
