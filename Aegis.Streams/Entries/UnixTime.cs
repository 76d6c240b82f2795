namespace Aegis.Streams.Entries;

/// <summary>Microseconds since 1970 UTC, as entries and stored decisions hold them.</summary>
public static class UnixTime
{
    /// <summary>The microseconds of a time, rounded down to whole ones.</summary>
    public static long ToMicroseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time of a number of microseconds.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
