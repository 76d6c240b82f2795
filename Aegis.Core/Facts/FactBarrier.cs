namespace Aegis.Core.Facts;

/// <summary>Ends an interval in a shard's log. What spans shards is counted per interval, and read one interval later by all.</summary>
/// <remarks>
/// A shard that meets a barrier publishes what it has counted since its last one under <see cref="IntervalEndMs"/>, and decides from then
/// on
/// by the facts of version <see cref="ReadsMs"/>: all that all shards have published under that time or an earlier one. A barrier that does
/// not lie after the shard's last one is ignored, so appending one twice does no harm.
/// </remarks>
/// <param name="IntervalEndMs">The interval's end, Unix milliseconds; the same in every shard.</param>
/// <param name="ReadsMs">The version to read from here on, before <paramref name="IntervalEndMs"/>.</param>
public readonly record struct FactBarrier(long IntervalEndMs, long ReadsMs)
{
    /// <summary>The barrier before a moment, with intervals counted from 1970: what a live clock and a replay append alike.</summary>
    /// <param name="timeMs">Unix milliseconds.</param>
    /// <param name="intervalMs">The interval's length in milliseconds.</param>
    public static FactBarrier At(long timeMs, long intervalMs)
    {
        var end = timeMs - (timeMs % intervalMs);
        return new FactBarrier(end, end - intervalMs);
    }
}
