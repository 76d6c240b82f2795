namespace Aegis.Scoring.Shards;

/// <summary>A shard that this process owns.</summary>
internal sealed record OwnedShard(ShardWorker Worker, SnapshotTaker Snapshots)
{
    /// <summary>What was read of it and is not decided yet.</summary>
    public WaitingEntries Waiting { get; } = new();
}
