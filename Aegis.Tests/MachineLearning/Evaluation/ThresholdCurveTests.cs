using Aegis.Core.Numerics;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Tests.MachineLearning.Evaluation;

public sealed class ThresholdCurveTests
{
    [Fact]
    public void Curve_OfFourLevels_HasTheClosedForms()
    {
        var curve = new ThresholdCurve(4);
        // Level 3: 1 fraud; level 2: 1 fraud, 1 genuine; level 0: 2 frauds, 5 genuine.
        foreach (var (level, isFraud, count) in new[] { (3, true, 1), (2, true, 1), (2, false, 1), (0, true, 2), (0, false, 5) })
        {
            for (var i = 0; i < count; i++)
            {
                curve.Add(level, isFraud);
            }
        }

        Assert.Equal(4, curve.Frauds);
        Assert.Equal(new ThresholdPoint(2, 2 / 3.0, 0.5), curve.BestF1());
        Assert.Equal(new ThresholdPoint(3, 1, 0.25), curve.BestF1(fromLevel: 3));
        Assert.Equal(new ThresholdPoint(3, 1, 0.25), curve.MostPreciseWith(0.25));
        Assert.Equal(new ThresholdPoint(0, 0.4, 1), curve.MostPreciseWith(0.51));
        Assert.Equal((0.25 * 1) + (0.25 * 2 / 3.0) + (0.5 * 0.4), curve.AveragePrecision(), 1e-12);
        Assert.True(double.IsNaN(new ThresholdCurve(4).AveragePrecision()));
        Assert.Equal(default, new ThresholdCurve(4).BestF1());
    }

    [Fact]
    public void AveragePrecision_OfAnyCounts_IsThatOfTheLevelsAsScores()
    {
        for (var seed = 1UL; seed <= 50; seed++)
        {
            var random = new SeededRandom(seed);
            var curve = new ThresholdCurve(12);
            var (levels, frauds) = (new double[80], new bool[80]);
            for (var i = 0; i < levels.Length; i++)
            {
                (levels[i], frauds[i]) = (random.NextInt(12), i == 0 || random.NextBool(0.2));
                curve.Add((int)levels[i], frauds[i]);
            }

            Assert.Equal(frauds.Count(fraud => fraud), curve.Frauds);
            Assert.True(Math.Abs(RankingMetrics.AveragePrecision(levels, frauds) - curve.AveragePrecision()) < 1e-12, $"seed {seed}");
        }
    }

    [Fact]
    public void BestF1_FindsTheLevelOfTheHighestHarmonicMean()
    {
        // From level 3: 1 of 1, recall 1/3. From 2: 2 of 3. From 0: 3 of 7.
        var curve = Of((3, 1, 0), (2, 1, 1), (0, 1, 3));
        Assert.Equal(new ThresholdPoint(2, 2 / 3.0, 2 / 3.0), curve.BestF1());
        Assert.Equal(2 / 3.0, curve.BestF1().F1, 12);
        Assert.Equal(new ThresholdPoint(3, 1, 1 / 3.0), curve.BestF1(fromLevel: 3));
        Assert.Equal(2, curve.BestF1(fromLevel: 2).Level);
        Assert.Equal(default, curve.BestF1(fromLevel: 4));
    }

    [Fact]
    public void MostPreciseWith_KeepsTheRecallThatIsAskedFor()
    {
        var curve = Of((3, 1, 0), (2, 1, 1), (0, 1, 3));
        Assert.Equal(3, curve.MostPreciseWith(1 / 3.0).Level);
        Assert.Equal(2, curve.MostPreciseWith(0.34).Level);
        Assert.Equal(new ThresholdPoint(0, 3 / 7.0, 1), curve.MostPreciseWith(1));
    }

    [Fact]
    public void WithoutFrauds_ThereIsNoPoint()
    {
        var curve = Of((1, 0, 5));
        Assert.Equal((0, default(ThresholdPoint), default(ThresholdPoint)), (curve.Frauds, curve.BestF1(), curve.MostPreciseWith(0)));
        Assert.Equal(double.NaN, curve.AveragePrecision());
    }

    [Fact]
    public void F1_OfNothingCaught_IsZero() => Assert.Equal((0, 0.5), (new ThresholdPoint(1, 0, 0).F1, new ThresholdPoint(1, 0.5, 0.5).F1));

    private static ThresholdCurve Of(params (int Level, int Frauds, int Genuine)[] counts)
    {
        var curve = new ThresholdCurve(5);
        foreach (var (level, frauds, genuine) in counts)
        {
            for (var i = 0; i < frauds + genuine; i++)
            {
                curve.Add(level, i < frauds);
            }
        }

        return curve;
    }
}
