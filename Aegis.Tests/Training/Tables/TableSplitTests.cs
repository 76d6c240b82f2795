using Aegis.Training.Tables;

namespace Aegis.Tests.Training.Tables;

public sealed class TableSplitTests
{
    [Theory]
    [InlineData("none", null, 10, 0)]
    [InlineData("time:0.7", 0.7, 7, 7)]
    [InlineData("time:0.75", 0.75, 7, 7)]
    [InlineData("time:0.01", 0.01, 0, 0)]
    public void ASplit_OfTenRows_FitsOnTheFirstAndJudgesTheRest(string text, double? share, int fit, int firstJudged)
    {
        Assert.True(TableSplit.TryParse(text, out var split));
        Assert.Equal((share, fit, firstJudged, text), (split.FitShare, split.FitRows(10), split.FirstJudged(10), split.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("None")]
    [InlineData("time")]
    [InlineData("time:")]
    [InlineData("time:0")]
    [InlineData("time:1")]
    [InlineData("time:-0.5")]
    [InlineData("time:1e-1")]
    [InlineData("time: 0.5")]
    [InlineData("time:0,5")]
    [InlineData("Time:0.5")]
    [InlineData("0.5")]
    public void TryParse_OfAnythingElse_IsFalse(string text)
    {
        Assert.False(TableSplit.TryParse(text, out var split));
        Assert.Equal(default, split);
    }
}
