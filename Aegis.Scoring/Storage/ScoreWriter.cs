using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Storage;

/// <summary>Writes what a shard has decided since its last barrier with each of its blocks, and publishes it with the barrier.</summary>
internal sealed class ScoreWriter(StatementSet statements)
{
    private readonly Statement _keep = statements.Prepare(
        "INSERT INTO shard_scores (shard, data) VALUES (?, ?) ON CONFLICT (shard) DO UPDATE SET data = excluded.data");

    private readonly Statement _publish = statements.Prepare(
        "INSERT OR REPLACE INTO fact_scores (interval_end_ms, shard, data) VALUES (?, ?, ?)");

    private readonly Statement _begin = statements.Prepare("DELETE FROM shard_scores WHERE shard = ?");

    /// <summary>Writes the scores of a block.</summary>
    public void Write(DecisionBlock block)
    {
        if (block.Published is { } published)
        {
            _publish.Bind(published.IntervalEndMs).Bind(block.Shard).Bind(block.Scores).Execute();
            _begin.Bind(block.Shard).Execute();
        }
        else if (block.Count > 0)
        {
            _keep.Bind(block.Shard).Bind(block.Scores).Execute();
        }
    }
}
