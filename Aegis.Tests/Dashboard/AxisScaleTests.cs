using Aegis.Dashboard.Charts;

namespace Aegis.Tests.Dashboard;

public sealed class AxisScaleTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(11, 5)]
    [InlineData(25, 5)]
    [InlineData(26, 10)]
    [InlineData(999, 200)]
    [InlineData(1_001, 500)]
    [InlineData(123_456, 50_000)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(-3, 1)]
    public void Step_IsOneTwoOrFiveTimesAPowerOfTen(double largest, int expected) => Assert.Equal(expected, AxisScale.Step(largest));

    [Fact]
    public void Step_OfAnyValue_GivesAtMostFiveMarks()
    {
        for (var largest = 1.0; largest < 1e9; largest *= 1.07)
        {
            Assert.InRange(largest / AxisScale.Step(largest), 0, 5.000001);
        }
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(9_999, "9,999")]
    [InlineData(12_000, "12k")]
    [InlineData(3_500_000, "3.5M")]
    [InlineData(2_000_000_000, "2G")]
    public void Label_IsShort(double value, string expected) => Assert.Equal(expected, AxisScale.Label(value));
}
