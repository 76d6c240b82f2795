namespace Aegis.AppHost.Supervision;

/// <summary>How often and after what pause a crashed resource is restarted: at most ten times in ten minutes, after 0.5
/// s, 1 s, 2 s and so on up to 10 s.</summary>
internal sealed class RestartPolicy(TimeProvider time)
{
    /// <summary>The most restarts within <see cref="Window"/>.</summary>
    public const int MaxRestarts = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _restarts = new();
    private TimeSpan _pause = FirstPause;
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>The time span in which restarts count.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(10);

    /// <summary>How long to wait before the next start; null after too many crashes. After a calm minute the pauses
    /// start small again.</summary>
    public TimeSpan? Next()
    {
        var now = time.GetUtcNow();
        while (_restarts.TryPeek(out var oldest) && now - oldest > Window)
        {
            _restarts.Dequeue();
        }

        if (_restarts.Count == MaxRestarts)
        {
            return null;
        }

        _pause = now - _last > Calm ? FirstPause : _pause * 2 < MaxPause ? _pause * 2 : MaxPause;
        _last = now;
        _restarts.Enqueue(now);
        return _pause;
    }
}
