using Aegis.Client;
using Aegis.Dashboard.Charts;

namespace Aegis.Tests.Dashboard.Charts;

public sealed class ThroughputWordsTests
{
    private static readonly DateTimeOffset Noon = TestTransactions.Noon;

    [Fact]
    public void WhileTrafficRuns_ItIsTheRateUpToTheNewestDecision()
    {
        // Four seconds without a decision have not ended it.
        var words = Words(perSecond: 79.2, new MeasuredThroughput(132, Noon.AddSeconds(-4)));
        Assert.Equal(("132.0/s", "over 10 s"), words);
    }

    [Fact]
    public void OnceTrafficHasEnded_ItStandsStillAndSaysWhen()
    {
        Assert.Equal(("1,132/s", "ended 11:58:59 UTC"), Words(0, new MeasuredThroughput(1_132.5, Noon.AddSeconds(-61))));
        Assert.Equal(
            ("132.0/s", "ended 2026-02-28 23:59:59 UTC"), Words(0, new MeasuredThroughput(132, Noon.AddHours(-12).AddSeconds(-1))));
        // Another offset is the same moment.
        Assert.Equal(
            "ended 11:00:00 UTC", Words(0, new MeasuredThroughput(1, Noon.AddHours(-1).ToOffset(TimeSpan.FromHours(14)))).Note);
    }

    [Fact]
    public void BeforeTheFirstDecision_ItIsZero() => Assert.Equal(("0.0/s", "over 10 s"), Words(0, null));

    private static (string Value, string Note) Words(double perSecond, MeasuredThroughput? last)
    {
        var statistics = new Statistics
        {
            Decided = 0, Flagged = 0, Declined = 0, DeadLetters = 0, Duplicates = 0, History = 0, ByCountry = [], ScoreHistogram = [],
            ThroughputPerSecond = perSecond, LastThroughput = last, LatencyMs = new LatencySummary(0, 0, 0), LagSeconds = 0,
            ModelVersion = "m", At = Noon,
        };
        return (ThroughputWords.Value(statistics), ThroughputWords.Note(statistics));
    }
}
