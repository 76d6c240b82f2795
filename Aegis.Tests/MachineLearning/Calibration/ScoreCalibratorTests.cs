using Aegis.Core.Numerics;
using Aegis.MachineLearning.Calibration;

namespace Aegis.Tests.MachineLearning.Calibration;

public sealed class ScoreCalibratorTests
{
    private const ulong Seed = 31;

    /// <summary>Bounded, light, heavy and lumpy scores.</summary>
    public static TheoryData<string> Distributions => ["uniform", "normal", "exponential", "lognormal", "heavy", "rounded"];

    [Theory]
    [MemberData(nameof(Distributions))]
    public void PValue_OfHeldOutScores_IsReachedAsOftenAsItSays(string distribution)
    {
        const int ReferenceCount = 50_000, Count = 200_000;
        var random = new SeededRandom(Seed);
        var calibrator = ScoreCalibrator.Fit(Draw(distribution, ReferenceCount, ref random));
        var pValues = Draw(distribution, Count, ref random).Select(calibrator.PValue).ToArray();
        foreach (var alpha in new[] { 0.5, 0.1, 0.02, 0.01, 0.004, 0.001, 0.0005 })
        {
            // The reference and the held-out scores are both samples.
            var deviation = Math.Sqrt(alpha * (1 - alpha) * ((1.0 / Count) + (1.0 / ReferenceCount)));
            var alerts = pValues.Count(p => p <= alpha) / (double)Count;
            Assert.True(alerts <= alpha + (4 * deviation), $"seed {Seed}, {distribution}: {alerts} at {alpha}");
            // Scores that many share cannot be told apart: their p is the largest of them all.
            Assert.True(distribution == "rounded"
                || alerts >= alpha - (4 * deviation), $"seed {Seed}, {distribution}: {alerts} at {alpha}");
        }

        Assert.All(pValues, p => Assert.InRange(p, 1.0 / (ReferenceCount + 1) * (1 - 1e-12), 1));
    }

    [Theory]
    [MemberData(nameof(Distributions))]
    public void NegativeLogP_RisesStrictlyWithoutAJump_FromTheLowestScoreToFarBeyondTheHighest(string distribution)
    {
        var random = new SeededRandom(Seed);
        var reference = Draw(distribution, 5_000, ref random);
        var calibrator = ScoreCalibrator.Fit(reference);
        var (low, high) = (reference.Min(), reference.Max());
        var last = calibrator.NegativeLogP(low);
        Assert.Equal(0, last);
        for (var i = 1; i <= 3_000; i++)
        {
            var level = calibrator.NegativeLogP(low + ((high - low) * i / 1_000));
            Assert.True(level > last && double.IsFinite(level), $"seed {Seed}, {distribution}: {level} after {last} at step {i}");
            last = level;
        }

        var joint = calibrator.Scores[^1];
        var near = 1e-9 * Math.Max(1, Math.Abs(joint));
        Assert.Equal(calibrator.NegativeLogP(joint - near), calibrator.NegativeLogP(joint + near), 1e-4);
        Assert.Equal(calibrator.JointLevel, calibrator.NegativeLogP(joint));
    }

    [Fact]
    public void NegativeLogP_OfTheTopHundred_IsDistinctInTheirOrder()
    {
        var random = new SeededRandom(Seed);
        var calibrator = ScoreCalibrator.Fit(Draw("normal", 60_000, ref random));
        var top = Draw("normal", 1_000_000, ref random).OrderDescending().Take(100).Select(calibrator.NegativeLogP).ToArray();
        Assert.Equal(100, top.Distinct().Count());
        Assert.Equal(top.OrderDescending(), top);
    }

    [Theory]
    [InlineData("uniform", -1)]
    [InlineData("exponential", 0)]
    [InlineData("heavy", 1 / 3.0)]
    public void Fit_FindsTheShapeOfTheTail(string distribution, double shape)
    {
        // Band: about four times the error of 250 excesses, (1 + |ξ|) / √250.
        var random = new SeededRandom(Seed);
        Assert.Equal(shape, ScoreCalibrator.Fit(Draw(distribution, 50_000, ref random)).TailShape, 0.4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3.5)]
    [InlineData(1e300)]
    public void NegativeLogP_WhereAllReferenceScoresAreEqual_IsZeroThereAndRisesBeyond(double value)
    {
        var calibrator = ScoreCalibrator.Fit(Enumerable.Repeat(value, 1_000).ToArray());
        Assert.Equal(0, calibrator.NegativeLogP(value));
        Assert.Equal(0, calibrator.NegativeLogP(value - 1));
        Assert.Equal(1, calibrator.PValue(value));
        if (value < 1e300)
        {
            Assert.InRange(calibrator.NegativeLogP(value + 1), 1e-6, 1e6);
            Assert.True(calibrator.NegativeLogP(value + 2) > calibrator.NegativeLogP(value + 1));
        }
    }

    [Fact]
    public void Fit_OnOneToTenScores_GivesTheConformalPValues()
    {
        for (var count = 1; count <= 10; count++)
        {
            var calibrator = ScoreCalibrator.Fit(Enumerable.Range(1, count).Select(i => (double)i).ToArray());
            for (var score = 1; score <= count; score++)
            {
                // Levels lie ln(n + 1) / 255 apart.
                Assert.Equal((count - score + 2.0) / (count + 1), calibrator.PValue(score), 0.01);
            }

            Assert.Equal(1.0 / (count + 1), calibrator.PValue(1e9), 1e-9);
            Assert.True(calibrator.NegativeLogP(count + 2) > calibrator.NegativeLogP(count + 1));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Fit_WithHugeOutliers_KeepsTheOthersApart(int outliers)
    {
        var random = new SeededRandom(Seed);
        var reference = Draw("exponential", 10_000, ref random);
        Array.Fill(reference, double.MaxValue, 0, outliers);
        var calibrator = ScoreCalibrator.Fit(reference);
        // 9.2 is what one exponential score in ten thousand exceeds; with the outliers up to six do, so that -ln p is 7.4 to 9.2.
        Assert.InRange(calibrator.NegativeLogP(9.2), 6.4, 10);
        Assert.True(calibrator.NegativeLogP(20) > calibrator.NegativeLogP(12) + 0.5);
    }

    [Fact]
    public void NegativeLogP_OfAnyScore_IsFinite()
    {
        var random = new SeededRandom(Seed);
        double[] wild = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.MinValue, double.Epsilon,
            -0.0, 1e-300];
        double[][] references =
        [
            [0], [double.PositiveInfinity], [double.NegativeInfinity, double.PositiveInfinity], [0, double.Epsilon],
            [.. Enumerable.Repeat(1.0, 99), 1 + 1e-16, 2],
            Draw("heavy", 300, ref random), [.. Enumerable.Range(0, 100).Select(i => (double)(i / 50))],
            [.. Enumerable.Range(0, 600).Select(i => i * double.Epsilon)],
        ];
        foreach (var reference in references)
        {
            var calibrator = ScoreCalibrator.Fit(reference);
            foreach (var score in wild.Concat(reference))
            {
                var level = calibrator.NegativeLogP(score);
                Assert.True(double.IsFinite(level) && level >= 0, $"-ln p of {score} is {level}");
            }
        }
    }

    [Fact]
    public void Fit_TwiceOnTheSameScoresInAnotherOrder_IsTheSame()
    {
        var random = new SeededRandom(Seed);
        var reference = Draw("normal", 2_000, ref random);
        var (one, other) = (ScoreCalibrator.Fit(reference), ScoreCalibrator.Fit([.. reference.Order()]));
        Assert.Equal(one.Scores.ToArray(), other.Scores.ToArray());
        Assert.Equal((one.JointLevel, one.HighestLevel, one.TailShape, one.TailScale), (
            other.JointLevel, other.HighestLevel, other.TailShape, other.TailScale));
    }

    [Fact]
    public void Fit_OnNoScoresOrOneThatIsNoNumber_IsRefused()
    {
        Assert.Contains("0 reference scores", Assert.Throws<ArgumentException>(() => ScoreCalibrator.Fit([])).Message,
            StringComparison.Ordinal);
        Assert.Contains("Reference score 1 is 'NaN'", Assert.Throws<ArgumentException>(() => ScoreCalibrator.Fit([1, double.NaN])).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void NegativeLogP_OfItsOwnLevels_GivesThemBack()
    {
        double[] scores = [.. Enumerable.Range(0, 256).Select(level => Math.Sqrt(level))];
        var calibrator = new ScoreCalibrator(scores, 255, 300, 0, 1);
        for (var level = 0; level < 255; level++)
        {
            Assert.Equal(level, calibrator.NegativeLogP(scores[level]), 12);
            Assert.Equal(level + 0.25, calibrator.NegativeLogP(scores[level] + (0.25 * (scores[level + 1] - scores[level]))), 9);
        }

        Assert.Equal(257, calibrator.NegativeLogP(scores[255] + 2), 9);
    }

    [Fact]
    public void NegativeLogP_OfAScoreThatManyShare_CountsThemAllAsHigh()
    {
        var calibrator = ScoreCalibrator.Fit(
            [.. Enumerable.Repeat(0.0, 500), .. Enumerable.Repeat(1.0, 400), .. Enumerable.Range(2, 99).Select(i => (double)i)]);
        Assert.Equal(0.5, calibrator.PValue(1), 0.01);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Fit_OfAnyReference_HasRisingScores(ulong seed)
    {
        var random = new SeededRandom(seed);
        for (var trial = 0; trial < 300; trial++)
        {
            var distinct = 1 + random.NextInt(40);
            var reference = new double[1 + random.NextInt(3_000)];
            foreach (ref var score in reference.AsSpan())
            {
                score = Math.Exp(random.NextInt(distinct) - 20) - 0.1;
            }

            var scores = ScoreCalibrator.Fit(reference).Scores.ToArray();
            Assert.True(scores.SequenceEqual(scores.Order()), $"seed {seed}, trial {trial}: the scores fall.");
        }
    }

    private static double[] Draw(string distribution, int count, ref SeededRandom random)
    {
        var scores = new double[count];
        for (var i = 0; i < count; i++)
        {
            scores[i] = distribution switch
            {
                "uniform" => random.NextDouble(),
                "normal" => random.NextNormal(),
                "exponential" => random.NextWait(1),
                "lognormal" => Math.Exp(random.NextNormal()),
                "heavy" => Math.Pow(1 - random.NextDouble(), -1 / 3.0),
                _ => Math.Round(random.NextWait(4)),
            };
        }

        return scores;
    }
}
