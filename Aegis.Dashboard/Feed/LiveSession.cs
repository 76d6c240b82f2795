using Aegis.Client;
using Aegis.Streams.Live;

namespace Aegis.Dashboard.Feed;

/// <summary>One viewer's live view. It runs until the run ends or the viewer has seen <see cref="Limit"/> transactions,
/// and can be resumed. No I/O, no clock.</summary>
internal sealed class LiveSession
{
    /// <summary>Transactions after which the view stops, unless the viewer changes it.</summary>
    public const long DefaultLimit = 200;

    private long _from;
    private RunFinished? _resumedAfter;

    /// <param name="first">The state shown first; a run that has already ended in it stops the view at once.</param>
    public LiveSession(FeedSnapshot first)
    {
        Shown = first;
        _from = first.Statistics?.Decided ?? 0;
        Offer(first);
    }

    /// <summary>The state shown.</summary>
    public FeedSnapshot Shown { get; private set; }

    /// <summary>Transactions after which the view stops, 1 or more.</summary>
    public long Limit { get; private set; } = DefaultLimit;

    /// <summary>Why the view has stopped; null while it is live.</summary>
    public string? StoppedBecause { get; private set; }

    /// <summary>Transactions decided since the page was opened or resumed.</summary>
    public long Seen => (Shown.Statistics?.Decided ?? 0) - _from;

    /// <summary>Shows a newer state. False if the view has stopped, which leaves it unchanged.</summary>
    public bool Offer(FeedSnapshot newer)
    {
        if (StoppedBecause is not null)
        {
            return false;
        }

        if (Shown.Statistics is null && newer.Statistics is { } statistics)
        {
            _from = statistics.Decided;
        }

        Shown = newer;
        if (newer is { Finished: { } finished, IsSettled: true } && finished != _resumedAfter)
        {
            StoppedBecause = $"The run has ended after {finished.Sent:N0} transactions.";
        }
        else if (Seen >= Limit)
        {
            StoppedBecause = $"Stopped after {Seen:N0} transactions.";
        }

        return true;
    }

    /// <summary>Makes the view live again, from a state on.</summary>
    public void Resume(FeedSnapshot newer)
    {
        StoppedBecause = null;
        _resumedAfter = newer.Finished;
        Shown = newer;
        _from = newer.Statistics?.Decided ?? 0;
    }

    /// <summary>Changes the limit.</summary>
    public void SetLimit(long limit) => Limit = Math.Max(1, limit);
}
