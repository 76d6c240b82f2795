namespace Aegis.AppHost.Supervision;

/// <summary>After what pause a crashed resource is restarted: 0.5 s, 1 s, 2 s and so on up to 10 s. After ten restarts in
/// ten minutes it is given up, or restarted once a minute.</summary>
/// <param name="time">The clock.</param>
/// <param name="givesUp">False for a resource that is needed as long as the run lasts.</param>
internal sealed class RestartPolicy(TimeProvider time, bool givesUp)
{
    /// <summary>The most restarts within <see cref="Window"/>, before it gives up or slows down.</summary>
    public const int MaxRestarts = 10;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SlowPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Calm = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _restarts = new();
    private TimeSpan _pause = FirstPause;
    private DateTimeOffset _last = DateTimeOffset.MinValue;

    /// <summary>The time span in which restarts count.</summary>
    public static TimeSpan Window { get; } = TimeSpan.FromMinutes(10);

    /// <summary>True while restarts come once a minute.</summary>
    public bool IsSlow { get; private set; }

    /// <summary>How long to wait before the next start; null if the resource is given up. After a calm minute the pauses
    /// start small again.</summary>
    public TimeSpan? Next()
    {
        var now = time.GetUtcNow();
        while (_restarts.TryPeek(out var oldest) && now - oldest > Window)
        {
            _restarts.Dequeue();
        }

        var isTooOften = _restarts.Count >= MaxRestarts;
        if (isTooOften && givesUp)
        {
            return null;
        }

        IsSlow = isTooOften;
        _pause = now - _last > Calm ? FirstPause : _pause * 2 < MaxPause ? _pause * 2 : MaxPause;
        _last = now;
        _restarts.Enqueue(now);
        return IsSlow ? SlowPause : _pause;
    }
}
