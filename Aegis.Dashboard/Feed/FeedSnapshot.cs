using System.Collections.Immutable;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Streams.Live;

namespace Aegis.Dashboard.Feed;

/// <summary>A point of the throughput and latency charts.</summary>
public sealed record PacePoint(DateTime At, double PerSecond, double LatencyP50Ms, double LatencyP99Ms);

/// <summary>Everything the overview shows, at one moment. Immutable: pages keep the one they show.</summary>
internal sealed record FeedSnapshot
{
    private const int MaxFlagged = 50;
    private const int MaxRecent = 30;
    private const int MaxPace = 120;

    /// <summary>Totals; null before the scoring service has answered.</summary>
    public Statistics? Statistics { get; init; }

    /// <summary>Flagged decisions, newest first.</summary>
    public ImmutableList<Decision> Flagged { get; init; } = [];

    /// <summary>Decisions of any outcome, newest first: all flagged and a sample of the others.</summary>
    public ImmutableList<Decision> Recent { get; init; } = [];

    /// <summary>Throughput and latency over the last minutes, oldest first.</summary>
    public ImmutableList<PacePoint> Pace { get; init; } = [];

    /// <summary>The run that ended last; null while none has, or once another has begun.</summary>
    public RunFinished? Finished { get; init; }

    /// <summary>Whether the decisions of the run that ended last have all been counted.</summary>
    public bool IsSettled { get; init; }

    /// <summary>Why nothing comes in; null while all is well.</summary>
    public string? Fault { get; init; }

    /// <summary>With one more decision.</summary>
    public FeedSnapshot With(Decision decision) => this with
    {
        Recent = Insert(Recent, decision, MaxRecent),
        Flagged = decision.IsFlagged ? Insert(Flagged, decision, MaxFlagged) : Flagged,
    };

    /// <summary>With newer totals.</summary>
    public FeedSnapshot With(Statistics statistics)
    {
        var pace = Pace.Add(
            new PacePoint(statistics.At.UtcDateTime, statistics.ThroughputPerSecond, statistics.LatencyMs.P50, statistics.LatencyMs.P99));
        return this with
        {
            Statistics = statistics,
            Pace = pace.Count > MaxPace ? pace.RemoveAt(0) : pace,
            // More decisions after the end of a run: another one is under way.
            Finished = Statistics is { } before && statistics.Decided > before.Decided && Finished is not null && IsSettled
                ? null
                : Finished,
            Fault = null,
        };
    }

    /// <summary>With the last run's decisions all counted.</summary>
    public FeedSnapshot Settled() => this with { IsSettled = true };

    /// <summary>With a run at its end.</summary>
    public FeedSnapshot With(RunFinished finished) => this with { Finished = finished, IsSettled = false };

    private static ImmutableList<Decision> Insert(ImmutableList<Decision> list, Decision decision, int longest)
    {
        // The same decision may come by the feed and from the store.
        if (list.Any(known => known.Transaction.Id == decision.Transaction.Id))
        {
            return list;
        }

        var index = list.FindIndex(known => known.Position <= decision.Position);
        var longer = list.Insert(index < 0 ? list.Count : index, decision);
        return longer.Count > longest ? longer.RemoveAt(longer.Count - 1) : longer;
    }
}
