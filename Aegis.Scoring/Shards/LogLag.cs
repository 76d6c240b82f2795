namespace Aegis.Scoring.Shards;

/// <summary>How far deciding lags behind appending. The reader of the log says since when; any thread asks.</summary>
internal sealed class LogLag(TimeProvider time)
{
    private long _sinceMs;

    /// <summary>When the oldest entry that is not decided yet was appended, UTC; null where nothing waits.</summary>
    public DateTimeOffset? Since
    {
        set => Volatile.Write(ref _sinceMs, value?.ToUnixTimeMilliseconds() ?? 0);
    }

    /// <summary>The lag now. It grows while reading stands still for a full queue.</summary>
    public TimeSpan Now =>
        Volatile.Read(ref _sinceMs) is > 0 and var since
            && time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(since) is { Ticks: > 0 } lag ? lag : TimeSpan.Zero;
}
