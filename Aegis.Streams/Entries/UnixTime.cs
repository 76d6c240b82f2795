namespace Aegis.Streams.Entries;

/// <summary>Times since 1970 UTC: microseconds, as entries and stored decisions hold them, and the limit of milliseconds.</summary>
public static class UnixTime
{
    /// <summary>The last millisecond of the year 9999.</summary>
    public const long LastMilliseconds = 253_402_300_799_999;

    /// <summary>The microseconds of a time, rounded down to whole ones.</summary>
    public static long ToMicroseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time of a number of microseconds.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
