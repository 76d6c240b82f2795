namespace Aegis.Scoring.Shards;

/// <summary>Limits how many ordinary decisions become objects, for the live feed and for sampled traces.</summary>
internal sealed class SampleBudget(TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    private long _next = time.GetTimestamp();

    /// <summary>True at most once per interval, over all threads.</summary>
    public bool TryTake()
    {
        var now = time.GetTimestamp();
        var next = Volatile.Read(ref _next);
        return now >= next
            && Interlocked.CompareExchange(ref _next, now + (long)(Interval.TotalSeconds * time.TimestampFrequency), next) == next;
    }
}
