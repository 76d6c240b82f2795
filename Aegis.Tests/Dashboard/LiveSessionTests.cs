using Aegis.Client;
using Aegis.Dashboard.Feed;
using Aegis.Streams.Live;

namespace Aegis.Tests.Dashboard;

public sealed class LiveSessionTests
{
    [Fact]
    public void Offer_AfterTheLimit_StandsStillUntilResumed()
    {
        var session = new LiveSession(Snapshot(1_000));
        Assert.True(session.Offer(Snapshot(1_199)));
        Assert.Null(session.StoppedBecause);
        Assert.True(session.Offer(Snapshot(1_200)));
        Assert.Contains("200", session.StoppedBecause, StringComparison.Ordinal);
        Assert.False(session.Offer(Snapshot(1_300)));
        Assert.Equal(1_200, session.Shown.Statistics!.Decided);
        session.Resume(Snapshot(1_300));
        Assert.True(session.Offer(Snapshot(1_400)));
    }

    [Fact]
    public void Offer_OfFinishedRun_StopsOnceItsDecisionsAreCounted()
    {
        var session = new LiveSession(Snapshot(0));
        var finished = Snapshot(90).With(new RunFinished("simulate-42", 100));
        session.Offer(finished);
        Assert.Null(session.StoppedBecause);
        session.Offer(finished.With(Totals(100)).Settled());
        Assert.Contains("100", session.StoppedBecause, StringComparison.Ordinal);
        Assert.Equal(100, session.Shown.Statistics!.Decided);
    }

    [Fact]
    public void Session_OpenedAfterTheRun_StandsStillAndCanBeResumed()
    {
        var over = Snapshot(100).With(new RunFinished("simulate-42", 100)).Settled();
        var session = new LiveSession(over);
        Assert.NotNull(session.StoppedBecause);
        session.Resume(over);
        Assert.True(session.Offer(over.With(Totals(101))));
        Assert.Null(session.StoppedBecause);
    }

    [Fact]
    public void SetLimit_TakesNoLessThanOne()
    {
        var session = new LiveSession(Snapshot(0));
        session.SetLimit(-5);
        Assert.Equal(1, session.Limit);
    }

    private static FeedSnapshot Snapshot(long decided) => new FeedSnapshot().With(Totals(decided));

    private static Statistics Totals(long decided) => new()
    {
        Decided = decided, Flagged = 0, Declined = 0, DeadLetters = 0, Duplicates = 0, History = 0, ByCountry = [], ScoreHistogram = [],
        ThroughputPerSecond = 0, LatencyMs = new LatencySummary(0, 0, 0), LagSeconds = 0, ModelVersion = "m", At = TestTransactions.Noon,
    };
}
