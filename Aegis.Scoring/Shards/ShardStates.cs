using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Models;
using Aegis.Streams;

namespace Aegis.Scoring.Shards;

/// <summary>Makes the state of a shard. All shards of the process share the models, facts and ids.</summary>
internal sealed class ShardStates(ModelRegistry models, FactVersions facts, RecentIds ids, StreamOptions streams)
{
    /// <summary>The number of shards of the log.</summary>
    public int ShardCount => streams.ShardCount;

    /// <summary>Makes a state that remembers nothing yet.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="epoch">The owner's epoch.</param>
    /// <param name="decisions">The newest decision in the store.</param>
    public ShardState Create(int shard, long epoch, long decisions)
    {
        var share = Math.Max(1, ids.Capacity / ShardCount);
        return new ShardState(shard, epoch, models, facts.Claim(shard), new ShardIds(ids, shard, share), decisions);
    }
}
