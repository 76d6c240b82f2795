using Aegis.MachineLearning.Evaluation;

namespace Aegis.Tests.MachineLearning.Evaluation;

public sealed class DateRangeTests
{
    [Fact]
    public void Contains_BothEndsAndNothingBeyond()
    {
        var range = new DateRange(new DateOnly(2018, 7, 25), new DateOnly(2018, 7, 31));
        Assert.Equal(7, range.Days);
        Assert.True(
            range.Contains(range.First.DayNumber) && range.Contains(range.Last.DayNumber) && range.Contains(range.First.DayNumber + 3));
        Assert.False(range.Contains(range.First.DayNumber - 1) || range.Contains(range.Last.DayNumber + 1));
    }

    [Theory]
    [InlineData("2018-07-25..2018-07-31")]
    [InlineData("2024-02-29..2024-02-29")]
    [InlineData("0001-01-01..9999-12-31")]
    public void TryParse_OfTheWrittenForm_GivesItBack(string text)
    {
        Assert.True(DateRange.TryParse(text, out var range));
        Assert.Equal(text, range.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("2018-07-25")]
    [InlineData("2018-07-25..")]
    [InlineData("..2018-07-25")]
    [InlineData("2018-07-26..2018-07-25")]
    [InlineData("2018-7-25..2018-07-31")]
    [InlineData("2018-07-25..2018-7-31")]
    [InlineData("2018-07-25..2018-07-32")]
    [InlineData("2023-02-29..2023-03-01")]
    [InlineData("2018-07-25...2018-07-31")]
    [InlineData("2018-07-25..2018-07-28..2018-07-31")]
    [InlineData(" 2018-07-25..2018-07-31")]
    public void TryParse_OfAnythingElse_IsFalseAndGivesNone(string text)
    {
        Assert.False(DateRange.TryParse(text, out var range));
        Assert.Equal(default, range);
    }
}
