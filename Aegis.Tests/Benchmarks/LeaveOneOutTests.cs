using Aegis.Benchmarks.Quality;

namespace Aegis.Tests.Benchmarks;

public sealed class LeaveOneOutTests
{
    /// <summary>"steady" loses a little everywhere; "lucky" is best on one set and far behind on another.</summary>
    [Fact]
    public void Of_Ratios_ChoosesForEachSetWhatIsBestOnTheOthers()
    {
        var judged = LeaveOneOut.Of(["a", "b", "c"], new Dictionary<string, List<double>>
        {
            ["steady"] = [0.9, 0.9, 0.9], ["lucky"] = [1, 1, 0.1],
        });
        Assert.Equal([("a", "steady", 0.9), ("b", "steady", 0.9), ("c", "lucky", 0.1)], judged.LeftOut.Select(
            left => (left.Data, left.Chosen, left.Ratio)));
        var lucky = judged.Ways.Single(way => way.Name == "lucky");
        Assert.Equal(0.7, lucky.Mean, 12);
        Assert.Equal(0.1, lucky.Worst);
        Assert.Equal(Math.Log(0.1) / 3, lucky.MeanLog, 12);
    }
}
