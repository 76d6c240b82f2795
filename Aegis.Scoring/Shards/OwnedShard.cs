namespace Aegis.Scoring.Shards;

/// <summary>A shard that this process owns.</summary>
internal sealed record OwnedShard(ShardWorker Worker, SnapshotTaker Snapshots)
{
    /// <summary>The entries that were read but not yet decided.</summary>
    public WaitingEntries Waiting { get; } = new();
}
