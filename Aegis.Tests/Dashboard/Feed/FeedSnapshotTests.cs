using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Dashboard.Feed;
using Aegis.Streams.Live;

namespace Aegis.Tests.Dashboard.Feed;

public sealed class FeedSnapshotTests
{
    [Fact]
    public void With_DecisionsInAnyOrder_KeepsTheNewestFirst()
    {
        var snapshot = new[] { 3, 1, 5, 2, 4 }.Aggregate(new FeedSnapshot(), (known, number) => known.With(Flagged(number)));
        Assert.Equal(["t-5", "t-4", "t-3", "t-2", "t-1"], snapshot.Recent.Select(decision => decision.Transaction.Id));
        Assert.Equal(["t-5", "t-4", "t-3", "t-2", "t-1"], snapshot.Flagged.Select(decision => decision.Transaction.Id));
    }

    [Fact]
    public void With_ADecisionThatWasThere_ShowsItOnce()
    {
        var snapshot = new FeedSnapshot().With(Flagged(1)).With(Flagged(1));
        Assert.Equal((1, 1), (snapshot.Recent.Count, snapshot.Flagged.Count));
    }

    [Fact]
    public void With_AnApprovedDecision_IsRecentAndNotFlagged()
    {
        var snapshot = new FeedSnapshot().With(Flagged(1) with { Outcome = DecisionOutcome.Approve });
        Assert.Equal((1, 0), (snapshot.Recent.Count, snapshot.Flagged.Count));
    }

    [Fact]
    public void With_ManyDecisions_KeepsThirtyAndFiftyFlaggedOnes()
    {
        var snapshot = Enumerable.Range(1, 80).Aggregate(new FeedSnapshot(), (known, number) => known.With(Flagged(number)));
        Assert.Equal((30, 50), (snapshot.Recent.Count, snapshot.Flagged.Count));
        Assert.Equal(
            ("t-80", "t-51", "t-31"),
            (snapshot.Recent[0].Transaction.Id, snapshot.Recent[^1].Transaction.Id, snapshot.Flagged[^1].Transaction.Id));
        // One that is older than all goes at once.
        Assert.Equal("t-51", snapshot.With(Flagged(0)).Recent[^1].Transaction.Id);
    }

    [Fact]
    public void With_Totals_KeepsTheLast120Points_AndForgetsTheFault()
    {
        var snapshot = new FeedSnapshot { Fault = "gone" };
        for (var second = 1; second <= 121; second++)
        {
            snapshot = snapshot.With(Totals(second));
        }

        Assert.Equal((120, null, 121), (snapshot.Pace.Count, snapshot.Fault, snapshot.Statistics!.Decided));
        Assert.Equal(new PacePoint(TestTransactions.Noon.UtcDateTime.AddSeconds(2), 4, 1, 3), snapshot.Pace[0]);
        Assert.Equal(TestTransactions.Noon.UtcDateTime.AddSeconds(121), snapshot.Pace[^1].At);
    }

    [Fact]
    public void With_MoreDecisionsAfterASettledRun_ForgetsThatItEnded()
    {
        var over = new FeedSnapshot().With(Totals(100)).With(new RunFinished("simulate-1", 100));
        Assert.False(over.IsSettled);
        // Not all is counted yet: its own last decisions come in.
        Assert.NotNull(over.With(Totals(101)).Finished);
        over = over.Settled();
        Assert.NotNull(over.With(Totals(100)).Finished);
        Assert.Null(over.With(Totals(101)).Finished);
        Assert.False(over.With(new RunFinished("simulate-2", 5)).IsSettled);
    }

    private static Decision Flagged(int number) => Decisions.Flagged($"t-{number}") with { Position = new LogPosition(1_000 + number, 0) };

    private static Statistics Totals(int decided) => new()
    {
        Decided = decided, Flagged = 0, Declined = 0, DeadLetters = 0, Duplicates = 0, History = 0, ByCountry = [], ScoreHistogram = [],
        ThroughputPerSecond = 2 * decided, LatencyMs = new LatencySummary(1, 2, 3), LagSeconds = 0, ModelVersion = "m",
        At = TestTransactions.Noon.AddSeconds(decided),
    };
}
