using System.Collections.Immutable;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Streams.Live;

namespace Aegis.Dashboard.Feed;

/// <summary>A point of the throughput and latency charts.</summary>
public sealed record PacePoint(DateTime At, double PerSecond, double LatencyP50Ms, double LatencyP99Ms);

/// <summary>Everything that the overview shows, at one moment. Immutable: a page keeps the snapshot that it shows.</summary>
internal sealed record FeedSnapshot
{
    private const int MaxFlagged = 50;
    private const int MaxRecent = 30;
    private const int MaxPace = 120;

    /// <summary>Totals; null before the scoring service has answered.</summary>
    public Statistics? Statistics { get; init; }

    /// <summary>Flagged decisions, newest first.</summary>
    public ImmutableList<Decision> Flagged { get; init; } = [];

    /// <summary>Decisions of any outcome, newest first: all flagged ones and a sample of the others.</summary>
    public ImmutableList<Decision> Recent { get; init; } = [];

    /// <summary>Throughput and latency over the last minutes, oldest first.</summary>
    public ImmutableList<PacePoint> Pace { get; init; } = [];

    /// <summary>The run that ended last; null before the first ends, and again once another has begun.</summary>
    public RunFinished? Finished { get; init; }

    /// <summary>Whether scoring has counted all decisions of the run that ended last.</summary>
    public bool IsSettled { get; init; }

    /// <summary>Why no updates arrive; null while they do.</summary>
    public string? Fault { get; init; }

    /// <summary>Adds one decision.</summary>
    public FeedSnapshot With(Decision decision) => this with
    {
        Recent = Insert(Recent, decision, MaxRecent),
        Flagged = decision.IsFlagged ? Insert(Flagged, decision, MaxFlagged) : Flagged,
    };

    /// <summary>Replaces the totals and adds a point to the charts.</summary>
    public FeedSnapshot With(Statistics statistics)
    {
        var pace = Pace.Add(
            new PacePoint(statistics.At.UtcDateTime, statistics.ThroughputPerSecond, statistics.LatencyMs.P50, statistics.LatencyMs.P99));
        return this with
        {
            Statistics = statistics,
            Pace = pace.Count > MaxPace ? pace.RemoveAt(0) : pace,
            // Decisions after a settled run belong to another run.
            Finished = Statistics is { } before && statistics.Decided > before.Decided && Finished is not null && IsSettled
                ? null
                : Finished,
            Fault = null,
        };
    }

    /// <summary>Marks the last run's decisions as all counted.</summary>
    public FeedSnapshot Settled() => this with { IsSettled = true };

    /// <summary>Marks a run as ended.</summary>
    public FeedSnapshot With(RunFinished finished) => this with { Finished = finished, IsSettled = false };

    private static ImmutableList<Decision> Insert(ImmutableList<Decision> list, Decision decision, int longest)
    {
        // A decision may arrive twice: by the feed and from the store.
        if (list.Any(known => known.Transaction.Id == decision.Transaction.Id))
        {
            return list;
        }

        var index = list.FindIndex(known => known.Position <= decision.Position);
        var longer = list.Insert(index < 0 ? list.Count : index, decision);
        return longer.Count > longest ? longer.RemoveAt(longer.Count - 1) : longer;
    }
}
