using Aegis.Core.Numerics;
using Aegis.MachineLearning.Calibration;

namespace Aegis.Tests.MachineLearning.Calibration;

public sealed class ParetoTailTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    [InlineData(-2)]
    public void NegativeLogSurvival_WithinReach_IsThatOfTheDistribution(double shape)
    {
        const double Scale = 2;
        var tail = new ParetoTail(shape, Scale, Reach: 6);
        Assert.Equal(0, tail.NegativeLogSurvival(0));
        foreach (var level in new[] { 0.1, 1, 3, 5.9 })
        {
            // The excess that is survived with e^-level.
            var excess = shape == 0 ? Scale * level : Scale * (Math.Exp(shape * level) - 1) / shape;
            Assert.Equal(level, tail.NegativeLogSurvival(excess), 9);
        }
    }

    [Theory]
    [InlineData(-0.5)]
    [InlineData(-2)]
    public void NegativeLogSurvival_OfAnEndingTailBeyondItsReach_GoesStraightOnWithTheSlopeThatItHasThere(double shape)
    {
        const double Reach = 2;
        var tail = new ParetoTail(shape, 1, Reach);
        var reached = (Math.Exp(shape * Reach) - 1) / shape;
        Assert.Equal(Reach, tail.NegativeLogSurvival(reached), 9);
        const double Step = 1e-6;
        var slope = (tail.NegativeLogSurvival(reached) - tail.NegativeLogSurvival(reached - Step)) / Step;
        Assert.Equal(Reach + slope, tail.NegativeLogSurvival(reached + 1), 1e-3 * slope);
        Assert.Equal(Reach + (10 * slope), tail.NegativeLogSurvival(reached + 10), 1e-2 * slope);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0)]
    public void NegativeLogSurvival_OfATailWithoutEnd_KnowsNoReach(double shape)
    {
        var tail = new ParetoTail(shape, 1, Reach: 0.5);
        var expected = shape == 0 ? 1_000 : Math.Log(1 + (shape * 1_000)) / shape;
        Assert.Equal(expected, tail.NegativeLogSurvival(1_000), 9);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(-1e-6)]
    [InlineData(1e-9)]
    public void NegativeLogSurvival_NearShapeZero_IsNearlyExponential(double shape) =>
        Assert.Equal(5, new ParetoTail(shape, 1, 100).NegativeLogSurvival(5), 3e-5);

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    [InlineData(-2)]
    public void NegativeLogSurvival_OfTheLargestExcess_IsFinite(double shape) =>
        Assert.True(double.IsFinite(new ParetoTail(shape, 1e-300, 3).NegativeLogSurvival(double.MaxValue)));

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(-0.7)]
    public void Fit_OfQuantiles_FindsShapeAndScale(double shape)
    {
        const int Count = 4_000;
        const double Scale = 3;
        double[] excesses = [.. Enumerable.Range(0, Count).Select(i => Quantile(1 - ((i + 0.5) / Count), shape, Scale))];
        var tail = ParetoTail.Fit(excesses, otherwise: 9, reach: 8);
        // What lies beyond 20 medians is cut off, which takes a little from a heavy tail.
        Assert.Equal(shape, tail.Shape, shape > 0 ? 0.05 : 0.01);
        Assert.Equal(Scale, tail.Scale, shape > 0 ? 0.2 : 0.05);
        Assert.Equal(8, tail.Reach);
    }

    [Fact]
    public void Fit_OfWildExcesses_IsHeldToItsRange()
    {
        const ulong Seed = 2;
        var random = new SeededRandom(Seed);
        double[] heavy = [.. Enumerable.Range(
            0, 200).Select(_ => Math.Pow(1 - random.NextDouble(), -5) - 1).Where(excess => excess > 0).Order()];
        Assert.True(ParetoTail.Fit(heavy, 1, 5).Shape <= ParetoTail.MaxShape, $"seed {Seed}");
        // All alike: nothing exceeds them, as near the end of a very short tail.
        Assert.InRange(ParetoTail.Fit([.. Enumerable.Repeat(7.0, 50)], 1, 5).Shape, ParetoTail.MinShape, -1);
    }

    [Fact]
    public void Fit_OfFewerThanTen_TakesTheMeanAlone()
    {
        var nine = ParetoTail.Fit([1, 2, 3, 4, 5, 6, 7, 8, 9], 1, 5);
        Assert.Equal((0, 5), (nine.Shape, Math.Round(nine.Scale, 9)));
        Assert.NotEqual(0, ParetoTail.Fit([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 1, 5).Shape);
    }

    [Fact]
    public void Fit_OfAWildExcess_CountsItForTwentyMedians()
    {
        // Median 2: the last counts for 40.
        Assert.Equal((1 + 2 + 40) / 3.0, ParetoTail.Fit([1, 2, 1e9], 1, 5).Scale, 9);
        Assert.Equal((1 + 2 + 39) / 3.0, ParetoTail.Fit([1, 2, 39], 1, 5).Scale, 9);
    }

    [Fact]
    public void Fit_OfNoneOrZeros_IsExponentialWithTheOtherScale()
    {
        Assert.Equal(new ParetoTail(0, 7, 5), ParetoTail.Fit([], otherwise: 7, reach: 5));
        Assert.Equal(new ParetoTail(0, 7, 5), ParetoTail.Fit([0, 0, 0], otherwise: 7, reach: 5));
    }

    private static double Quantile(double survival, double shape, double scale) =>
        shape == 0 ? -scale * Math.Log(survival) : scale * (Math.Pow(survival, -shape) - 1) / shape;
}
