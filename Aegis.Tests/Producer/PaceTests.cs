using Aegis.Producer;

namespace Aegis.Tests.Producer;

public sealed class PaceTests
{
    [Theory]
    [InlineData(20.0, 0, 0)]
    [InlineData(20.0, 1, 0.05)]
    [InlineData(20.0, 40, 2)]
    [InlineData(0.5, 1, 2)]
    [InlineData(double.PositiveInfinity, 1_000_000, 0)]
    public void DueAfter_OfARate_GoesByTheNumberAlone(double rate, long index, double seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        new Pace(rate, Speed: 7).DueAfter(index, TestTransactions.Valid(), TestTransactions.Valid(at: TestTransactions.Noon.AddDays(1))));

    [Theory]
    [InlineData(1, 60, 60)]
    [InlineData(60, 60, 1)]
    [InlineData(0.5, 60, 120)]
    [InlineData(1, 0, 0)]
    [InlineData(1, -60, -60)]
    public void DueAfter_WithoutARate_FollowsEventTime(double speed, double later, double seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        new Pace(Rate: null, speed).DueAfter(
            9, TestTransactions.Valid(), TestTransactions.Valid(at: TestTransactions.Noon.AddSeconds(later))));

    [Fact]
    public void IsFullSpeed_OfTheInfiniteRateAlone()
    {
        Assert.True(new Pace(double.PositiveInfinity, 1).IsFullSpeed);
        Assert.False(new Pace(1_000_000, 1).IsFullSpeed);
        Assert.False(new Pace(null, 1).IsFullSpeed);
    }
}
