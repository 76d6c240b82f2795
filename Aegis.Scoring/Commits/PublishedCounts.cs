using Aegis.Core.Numerics;

namespace Aegis.Scoring.Commits;

/// <summary>The counts that a shard publishes at a barrier. They are committed with the shard's position past the barrier.</summary>
/// <param name="IntervalEndMs">The end of the barrier's interval, Unix milliseconds.</param>
/// <param name="ReadsMs">The fact version that the shard reads from here on.</param>
/// <param name="Counts">The shard's counts since its last barrier: <see cref="Core.Facts.FactCounts.ToBytes"/>. Their
/// memory is returned with the block's.</param>
internal sealed record PublishedCounts(long IntervalEndMs, long ReadsMs, PooledBytes Counts);
