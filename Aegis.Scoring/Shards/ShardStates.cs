using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Models;
using Aegis.Streams;

namespace Aegis.Scoring.Shards;

/// <summary>Makes the state of a shard, over the models, facts and ids that all shards of the process share.</summary>
internal sealed class ShardStates(ModelRegistry models, FactVersions facts, RecentIds ids, StreamOptions streams)
{
    /// <summary>How many shards the log has.</summary>
    public int ShardCount => streams.ShardCount;

    /// <summary>A state that remembers nothing yet.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="epoch">The owner's epoch.</param>
    /// <param name="decisions">The newest decision in the store.</param>
    public ShardState Create(int shard, long epoch, long decisions)
    {
        var share = Math.Max(1, ids.Capacity / ShardCount);
        return new ShardState(shard, epoch, models, facts.Claim(shard), new ShardIds(ids, shard, share), decisions);
    }
}
