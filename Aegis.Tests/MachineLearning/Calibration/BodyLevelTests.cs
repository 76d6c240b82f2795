using Aegis.Core.Numerics;
using Aegis.MachineLearning.Calibration;

namespace Aegis.Tests.MachineLearning.Calibration;

public sealed class BodyLevelTests
{
    [Fact]
    public void Of_ScoresOfAnExponentialLaw_IsTheScore()
    {
        var random = new SeededRandom(3);
        var level = BodyLevel.Fit([.. Enumerable.Range(0, 200_000).Select(_ => -Math.Log(1 - random.NextDouble()))]);
        Assert.All(new[] { 0.5, 1, 2, 3, 5, 10, 40 }, score => Assert.InRange(level.Of(score), 0.97 * score, 1.03 * score));
    }

    [Fact]
    public void Of_ScoresUpToTheJoint_IsTheCalibratorsLevel_AndBeyondIt_AStraightLine()
    {
        double[] reference = [.. Enumerable.Range(1, 1_000).Select(i => (double)i)];
        var (level, calibrator) = (BodyLevel.Fit(reference), ScoreCalibrator.Fit(reference));
        Assert.All(new[] { double.NaN, -5, 0, 1, 500, 949, 950 }, score => Assert.Equal(calibrator.NegativeLogP(score), level.Of(score)));
        // The 750th and the 950th score: from a level of ln 4 to one of ln 20 in 200.
        var slope = Math.Log(5) / 200;
        Assert.Equal(calibrator.NegativeLogP(950) + (slope * 50), level.Of(1_000), 9);
        Assert.Equal(calibrator.NegativeLogP(950) + (slope * 9_050), level.Of(10_000), 9);
    }

    /// <summary>Ten rows far out raise their own levels; by rank they would be as high as the ten highest of any detector.</summary>
    [Fact]
    public void Of_RowsFarOut_IsHighWhereTheCalibratorsIsNot()
    {
        double[] reference = [.. Enumerable.Range(0, 1_000).Select(i => i < 990 ? i : 9_000.0 + i)];
        Assert.True(BodyLevel.Fit(reference).Of(9_995) > 50);
        Assert.True(ScoreCalibrator.Fit(reference).NegativeLogP(9_995) < 8);
    }

    [Fact]
    public void Of_ScoresThatDoNotVary_IsTheCalibratorsLevel_AndFiniteForAnything()
    {
        double[][] references = [[3], [.. Enumerable.Repeat(3.0, 20)], [double.NegativeInfinity, 0, double.PositiveInfinity]];
        foreach (var reference in references)
        {
            var (level, calibrator) = (BodyLevel.Fit(reference), ScoreCalibrator.Fit(reference));
            Assert.Equal(calibrator.NegativeLogP(3), level.Of(3));
            Assert.All(
                new[] { double.NegativeInfinity, 1e308, double.PositiveInfinity }, score => Assert.True(double.IsFinite(level.Of(score))));
        }

        Assert.Throws<ArgumentException>(() => BodyLevel.Fit([]));
        Assert.Throws<ArgumentException>(() => BodyLevel.Fit([double.NaN]));
    }
}
