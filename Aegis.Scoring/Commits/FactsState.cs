namespace Aegis.Scoring.Commits;

/// <summary>A shard's facts between two barriers.</summary>
/// <param name="BarrierMs">The end of the last interval whose counts the shard published, Unix milliseconds; 0 before the first.</param>
/// <param name="FactsMs">The fact version that the shard has read since then.</param>
/// <param name="Counts">The shard's counts since then: <see cref="Core.Facts.FactCounts.ToBytes"/>.</param>
internal sealed record FactsState(long BarrierMs, long FactsMs, ReadOnlyMemory<byte> Counts);
