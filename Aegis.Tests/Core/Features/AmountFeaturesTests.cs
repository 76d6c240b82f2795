using Aegis.Core.Features;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Features;

/// <summary>Expected values by hand: before any facts the population pays 30, of logarithms 3.4 with a variance of 1.</summary>
public sealed class AmountFeaturesTests
{
    private static readonly double Ln10 = Math.Log(10);
    private readonly CardProbe _probe = new();

    [Fact]
    public void Fill_OfAFirstPayment_ComparesItWithThePopulation()
    {
        var f = _probe.FeaturesOf(Of(amount: 99));
        Assert.Equal(2 * Ln10, f[(int)Feature.AmountLog], 1e-5);
        Assert.Equal(((2 * Ln10) - 3.4) / Math.Sqrt(1.0001), f[(int)Feature.AmountZ], 1e-5);
        Assert.Equal(69 / Math.Sqrt(900.0001), f[(int)Feature.AmountDeviation], 1e-5);
        Assert.Equal(Math.Log(100 / 31.0), f[(int)Feature.AmountToMean], 1e-5);
        Assert.Equal((2 * Ln10) - 3.4, f[(int)Feature.AmountToCategory], 1e-5);
        Assert.Equal(
            (0, 0, 0, 0),
            (f[(int)Feature.AmountToMaximum], f[(int)Feature.AmountExcess7Days], f[(int)Feature.RecentAmountShift],
                f[(int)Feature.SmallAmounts1Hour]));
    }

    [Fact]
    public void Fill_OfASecondPayment_ShrinksTheCardsNormWithTheWeightOfFive()
    {
        _probe.Add(Of(Midnight, amount: 9));
        var f = _probe.FeaturesOf(Of(Midnight + DayMs, amount: 99));
        Assert.Equal(((2 * Ln10) - ((Ln10 + (5 * 3.4)) / 6)) / Math.Sqrt((5 / 6.0) + 1e-4), f[(int)Feature.AmountZ], 1e-5);
        Assert.Equal((99 - 26.5) / Math.Sqrt((26.5 * 26.5 * 5 / 6) + 1e-4), f[(int)Feature.AmountDeviation], 1e-5);
        var weight = Math.Exp(-1 / 30.0);
        Assert.Equal(Math.Log(100 / ((((9 * weight) + 150) / (weight + 5)) + 1)), f[(int)Feature.AmountToMean], 1e-5);
        Assert.Equal(Ln10, f[(int)Feature.AmountToMaximum], 1e-5);
        Assert.Equal((2 * Ln10) - ((Ln10 + (3 * 3.4)) / 4), f[(int)Feature.AmountToCategory], 1e-5);
        var elsewhere = _probe.Of(Feature.AmountToCategory, Of(Midnight + DayMs, amount: 99, mcc: 5541));
        Assert.Equal((2 * Ln10) - 3.4, elsewhere, 1e-5);
    }

    [Fact]
    public void Fill_OfTwoUnlikePayments_ComparesWithTheirVariance()
    {
        _probe.Add(Of(Midnight, amount: 9));
        _probe.Add(Of(Midnight, amount: 999));
        var f = _probe.FeaturesOf(Of(Midnight, amount: 99));
        // Logarithms ln 10 and ln 1000 around a mean of ln 100.
        var (mean, variance) = (((4 * Ln10) + (5 * 3.4)) / 7, ((2 * Ln10 * Ln10) + 5) / 7);
        Assert.Equal(((2 * Ln10) - mean) / Math.Sqrt(variance + 1e-4), f[(int)Feature.AmountZ], 1e-5);
        var usual = (1_008 + 150) / 7.0;
        Assert.Equal(
            (99 - usual) / Math.Sqrt(((2 * 495.0 * 495) + (5 * usual * usual)) / 7), f[(int)Feature.AmountDeviation], 1e-5);
        Assert.Equal(-Ln10, f[(int)Feature.AmountToMaximum], 1e-5);
    }

    [Fact]
    public void RecentAmountShift_IsHowMuchTheLastEightDifferFromAll()
    {
        _probe.Add(Of(Midnight, amount: 9));
        for (var i = 1; i <= 8; i++)
        {
            _probe.Add(Of(Midnight + i, amount: 99));
        }

        // Eight at ln 100, where the mean of nine is 17/9 ln 10; two more count as no shift.
        Assert.Equal(8 * Ln10 / 9 / 10, _probe.Of(Feature.RecentAmountShift, Of(Midnight + 8)), 1e-5);
        // Four of them came before the fifth.
        Assert.Equal(4 * Ln10 / 9 / 6, _probe.Of(Feature.RecentAmountShift, Of(Midnight + 4)), 1e-5);
        Assert.Equal(0, _probe.Of(Feature.RecentAmountShift, Of(Midnight)));
    }

    [Fact]
    public void RecentAmountShift_OfTheLargestAmounts_IsFinite()
    {
        for (var i = 0; i < 8; i++)
        {
            _probe.Add(Of(Midnight, amount: 1e10));
        }

        Assert.Equal(0, _probe.Of(Feature.RecentAmountShift, Of(Midnight)), 1e-4);
    }

    [Theory]
    [InlineData(4.99, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(0, HourMs - 1, 1)]
    [InlineData(0, HourMs, 0)]
    [InlineData(0, -1, 0)]
    public void SmallAmounts1Hour_CountsAmountsBelowFiveOfLessThanAnHourAgo(double amount, long ageMs, float expected)
    {
        _probe.Add(Of(Midnight - ageMs, amount));
        _probe.Add(Of(Midnight - ageMs, amount: 5));
        Assert.Equal(expected, _probe.Of(Feature.SmallAmounts1Hour, Of(Midnight, amount: 1)));
    }

    [Fact]
    public void SmallAmounts1Hour_OfMoreThanEight_CountsTheLastEight()
    {
        for (var i = 0; i < 12; i++)
        {
            _probe.Add(Of(Midnight, amount: 1));
        }

        Assert.Equal(8, _probe.Of(Feature.SmallAmounts1Hour, Of(Midnight)));
    }
}
