using Aegis.Core.Numerics;

namespace Aegis.Scoring.Commits;

/// <summary>What a shard hands out at a barrier; committed with its position past the barrier.</summary>
/// <param name="IntervalEndMs">The barrier's interval, Unix milliseconds.</param>
/// <param name="ReadsMs">The fact version that the shard reads from here on.</param>
/// <param name="Counts">What it counted since its last barrier: <see cref="Core.Facts.FactCounts.ToBytes"/>; returned with the
/// block.</param>
internal sealed record PublishedCounts(long IntervalEndMs, long ReadsMs, PooledBytes Counts);
