using Aegis.Client;
using Aegis.Dashboard.Charts;
using Aegis.Dashboard.Feed;

namespace Aegis.Tests.Dashboard;

public sealed class ChartShapesTests
{
    [Fact]
    public void FlaggedByCountry_ShowsEightAtMost_MostFirst_AndNoneWithoutFlagged()
    {
        var totals = Totals([.. Enumerable.Range(0, 12).Select(i => new CountryCount($"{(char)('A' + i)}X", 100, i, 0))], []);
        var countries = ChartShapes.FlaggedByCountry(totals);
        Assert.Equal(["LX", "KX", "JX", "IX", "HX", "GX", "FX", "EX"], countries.Select(c => c.Label));
        Assert.Equal(11, countries[0].Value);
        Assert.Empty(ChartShapes.FlaggedByCountry(Totals([new CountryCount("DE", 9, 0, 0)], [])));
    }

    [Fact]
    public void ScoreDistribution_LabelsEveryFourthStepByItsLowerEnd()
    {
        var columns = ChartShapes.ScoreDistribution(Totals([], [3, 1, 4, 1, 5, 9]));
        Assert.Equal(["0", "", "", "", "200", ""], columns.Select(c => c.Label));
        Assert.Equal([3, 1, 4, 1, 5, 9], columns.Select(c => c.Value));
    }

    [Fact]
    public void DescribeScores_NamesTotalMiddleAndHighOnes()
    {
        var histogram = new long[20];
        (histogram[0], histogram[3], histogram[18], histogram[19]) = (1, 5, 1, 2);
        Assert.Equal("9 decisions by score: half of them below 200, 3 at 900 and above.", ChartShapes.DescribeScores(
            Totals([], histogram)));
        Assert.Equal("No decisions yet.", ChartShapes.DescribeScores(Totals([], new long[20])));
    }

    [Fact]
    public void DescribePace_SpeaksOfTheNewestPoint()
    {
        var noon = TestTransactions.Noon.UtcDateTime;
        Assert.Equal(
            "Over 2 seconds up to 12:00:01 UTC; now 20.0 transactions a second at a median of 3.5 ms.",
            ChartShapes.DescribePace([new PacePoint(noon, 1, 9, 9), new PacePoint(noon.AddSeconds(1), 20, 3.5, 9)]));
        Assert.Equal("No transactions yet.", ChartShapes.DescribePace([]));
    }

    private static Statistics Totals(IReadOnlyList<CountryCount> countries, IReadOnlyList<long> histogram) => new()
    {
        Decided = histogram.Sum(), Flagged = 0, Declined = 0, DeadLetters = 0, Duplicates = 0, History = 0, ByCountry = countries,
            ScoreHistogram = histogram,
        ThroughputPerSecond = 0, LatencyMs = new LatencySummary(0, 0, 0), LagSeconds = 0, ModelVersion = "m", At = TestTransactions.Noon,
    };
}
