using Aegis.Client;

namespace Aegis.Dashboard.Charts;

/// <summary>The throughput in words. Once traffic has ended, it stands still at the last rate and says when that was.</summary>
internal static class ThroughputWords
{
    // A tile on a phone has room for so many digits.
    private const double WholeFrom = 1_000;

    /// <summary>The rate, for example <c>132.0/s</c> or <c>17,554/s</c>.</summary>
    public static string Value(Statistics statistics)
    {
        var rate = statistics.LastThroughput?.PerSecond ?? statistics.ThroughputPerSecond;
        return rate < WholeFrom ? $"{rate:N1}/s" : $"{rate:N0}/s";
    }

    /// <summary>The time of the rate, for example <c>over 10 s</c> or <c>ended 14:02:31 UTC</c>, with its day if that is
    /// another one.</summary>
    public static string Note(Statistics statistics)
    {
        if (statistics.ThroughputPerSecond > 0 || statistics.LastThroughput is not { } last)
        {
            return "over 10 s";
        }

        var isToday = last.At.UtcDateTime.Date == statistics.At.UtcDateTime.Date;
        return isToday ? $"ended {last.At.UtcDateTime:HH:mm:ss} UTC" : $"ended {last.At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC";
    }
}
