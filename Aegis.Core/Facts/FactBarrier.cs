namespace Aegis.Core.Facts;

/// <summary>Ends an interval in a shard's log. Facts span shards: they are counted per interval, and all shards read
/// them one interval later.</summary>
/// <remarks>
/// At a barrier a shard publishes its counts since its last one, under <see cref="IntervalEndMs"/>. From then on it
/// decides by the facts of version <see cref="ReadsMs"/>: everything that all shards have published under that time or
/// an earlier one. A shard ignores a barrier that does not lie after its last one, so appending one twice does no harm.
/// </remarks>
/// <param name="IntervalEndMs">The interval's end, Unix milliseconds; the same in every shard.</param>
/// <param name="ReadsMs">The version to read from here on, earlier than <paramref name="IntervalEndMs"/>.</param>
public readonly record struct FactBarrier(long IntervalEndMs, long ReadsMs)
{
    /// <summary>The last barrier at or before a moment, with intervals counted from 1970. A live clock and a replay
    /// append the same ones.</summary>
    /// <param name="timeMs">Unix milliseconds.</param>
    /// <param name="intervalMs">The interval's length in milliseconds.</param>
    public static FactBarrier At(long timeMs, long intervalMs)
    {
        var end = timeMs - (timeMs % intervalMs);
        return new FactBarrier(end, end - intervalMs);
    }
}
