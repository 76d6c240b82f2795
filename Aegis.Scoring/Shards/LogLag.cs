namespace Aegis.Scoring.Shards;

/// <summary>The lag of decisions behind appends. The reader of the log sets it; any thread asks for it.</summary>
internal sealed class LogLag(TimeProvider time)
{
    private long _sinceMs;
    private long _movedAtMs;

    /// <summary>When the oldest undecided entry was appended, UTC; null if none waits.</summary>
    public DateTimeOffset? Since
    {
        set
        {
            var sinceMs = value?.ToUnixTimeMilliseconds() ?? 0;
            if (sinceMs != Volatile.Read(ref _sinceMs))
            {
                Volatile.Write(ref _movedAtMs, time.GetUtcNow().ToUnixTimeMilliseconds());
                Volatile.Write(ref _sinceMs, sinceMs);
            }
        }
    }

    /// <summary>How long the same entry has been the oldest that waits; zero if none waits. It stays small while a backlog is worked
    /// off, however long that is.</summary>
    public TimeSpan Standing => Volatile.Read(ref _sinceMs) == 0
        ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds() - Volatile.Read(ref _movedAtMs)));

    /// <summary>The lag now. It grows while a full queue stops the reader.</summary>
    public TimeSpan Now =>
        Volatile.Read(ref _sinceMs) is > 0 and var since
            && time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(since) is { Ticks: > 0 } lag ? lag : TimeSpan.Zero;
}
