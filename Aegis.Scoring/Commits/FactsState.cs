namespace Aegis.Scoring.Commits;

/// <summary>Where a shard stands between two barriers.</summary>
/// <param name="BarrierMs">The end of the last interval that it published counts of, Unix milliseconds; 0 before the first.</param>
/// <param name="FactsMs">The fact version that it reads since.</param>
/// <param name="Counts">What it counted since: <see cref="Core.Facts.FactCounts.ToBytes"/>.</param>
internal sealed record FactsState(long BarrierMs, long FactsMs, ReadOnlyMemory<byte> Counts);
