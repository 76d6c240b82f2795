namespace Aegis.Scoring.Api;

/// <summary>Logs what callers do wrong beneath HTTP: bodies that come too slowly or break off, connections beyond the limit. A flood of
/// them makes one line a second.</summary>
internal sealed partial class CallerFaults(TimeProvider time, ILogger<CallerFaults> logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long? _loggedAt;
    private long _count;

    /// <summary>Counts a fault, and logs it with those since the last line if that is a second ago.</summary>
    /// <param name="fault">What the caller did, in one sentence.</param>
    public void Note(string fault)
    {
        long count;
        lock (_lock)
        {
            _count++;
            if (_loggedAt is { } loggedAt && time.GetElapsedTime(loggedAt) < Pause)
            {
                return;
            }

            (count, _count, _loggedAt) = (_count, 0, time.GetTimestamp());
        }

        LogFaults(count, fault);
    }

    [LoggerMessage(2901, LogLevel.Warning, "{Count} requests or connections of callers failed since the last such line; the last: {Fault}")]
    private partial void LogFaults(long count, string fault);
}
