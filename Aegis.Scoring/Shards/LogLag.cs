namespace Aegis.Scoring.Shards;

/// <summary>The lag of decisions behind appends. The reader of the log sets it; any thread asks for it.</summary>
internal sealed class LogLag(TimeProvider time)
{
    private long _sinceMs;

    /// <summary>When the oldest undecided entry was appended, UTC; null if none waits.</summary>
    public DateTimeOffset? Since
    {
        set => Volatile.Write(ref _sinceMs, value?.ToUnixTimeMilliseconds() ?? 0);
    }

    /// <summary>The lag now. It grows while a full queue stops the reader.</summary>
    public TimeSpan Now =>
        Volatile.Read(ref _sinceMs) is > 0 and var since
            && time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(since) is { Ticks: > 0 } lag ? lag : TimeSpan.Zero;
}
