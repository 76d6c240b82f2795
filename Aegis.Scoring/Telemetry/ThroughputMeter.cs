using Aegis.Client;

namespace Aegis.Scoring.Telemetry;

/// <summary>Counts decisions a second over the last moments, and remembers the rate at which traffic ended. One thread at a time.</summary>
internal sealed class ThroughputMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    // The commits of the window that ends with the newest one.
    private readonly Queue<(DateTimeOffset At, int Count)> _commits = new();

    /// <summary>The rate up to the newest decision; null before the first.</summary>
    public MeasuredThroughput? Last { get; private set; }

    /// <summary>Counts a commit.</summary>
    /// <param name="at">When it ended, not before the one before.</param>
    /// <param name="count">The number of its decisions. A commit without any changes nothing.</param>
    public void Add(DateTimeOffset at, int count)
    {
        if (count == 0)
        {
            return;
        }

        _commits.Enqueue((at, count));
        while (_commits.Peek().At < at - Window)
        {
            _commits.Dequeue();
        }

        Last = new MeasuredThroughput(PerSecond(at), at);
    }

    /// <summary>Decisions a second over the ten seconds before a moment; 0 once traffic has ended.</summary>
    public double PerSecond(DateTimeOffset now)
    {
        var decisions = 0L;
        foreach (var (at, count) in _commits)
        {
            decisions += at < now - Window ? 0 : count;
        }

        return decisions / Window.TotalSeconds;
    }
}
