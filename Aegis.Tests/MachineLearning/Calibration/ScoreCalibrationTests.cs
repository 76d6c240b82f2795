using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Calibration;

namespace Aegis.Tests.MachineLearning.Calibration;

public sealed class ScoreCalibrationTests
{
    private const int Count = 2_000;

    [Fact]
    public void Assess_OfAPayment_SaysWhatEachDetectorAndAllTogetherSay()
    {
        var calibration = ScoreCalibration.Fit(PaymentSegments.None, Reference(), new ScoreFusion(3, 1, 0));
        Assert.Null(calibration.External);
        // The highest tenth of the forest, the highest hundredth of the autoencoder, the median tail sum.
        var assessment = calibration.Assess(new RawScores(0, Count * 0.9, Count * 0.99, Count * 0.5));
        Assert.Equal((Count * 0.9, Count * 0.99, Count * 0.5), (assessment.ForestScore, assessment.AutoencoderScore, assessment.TailSum));
        Assert.Equal(0.9, assessment.ForestPercentile, 0.005);
        Assert.Equal(0.99, assessment.AutoencoderPercentile, 0.002);
        Assert.Equal(0.5, assessment.TailSumPercentile, 0.01);
        Assert.Null(assessment.ExternalScore);
        var fused = ((3 * -Math.Log(0.1)) - Math.Log(0.01)) / 4;
        Assert.Equal(calibration.Fused.NegativeLogP(0, fused), assessment.Risk, 0.1);
    }

    [Fact]
    public void Fit_MakesRisk_TheShareOfReferencePaymentsThatAreAsRisky()
    {
        var reference = Reference();
        var calibration = ScoreCalibration.Fit(PaymentSegments.None, reference, new ScoreFusion(1, 1, 1));
        foreach (var share in new[] { 0.5, 0.1, 0.02 })
        {
            var risky = reference.Count(raw => calibration.Assess(raw).Risk >= -Math.Log(share));
            Assert.Equal(share, risky / (double)Count, 0.005);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Fit_OfAnExternalModel_CalibratesItOnlyWhereItDecides(double weight)
    {
        var reference = Reference().Select(raw => raw with { External = -raw.Forest }).ToArray();
        var calibration = ScoreCalibration.Fit(PaymentSegments.None, reference, new ScoreFusion(1, 0, 0, weight));
        Assert.Equal(weight > 0, calibration.External is not null);
        var raw = new RawScores(0, Count / 2, 0, 0);
        var (low, high) = (calibration.Assess(raw with { External = -Count }), calibration.Assess(raw with { External = 0 }));
        Assert.Equal(((double?)-Count, (double?)0), (low.ExternalScore, high.ExternalScore));
        Assert.Equal(weight > 0, high.Risk > low.Risk);
    }

    [Fact]
    public void Of_AnAssessment_GivesBackItsRawScores()
    {
        var features = new float[FeatureSchema.Count];
        features[(int)Feature.Channel] = 2;
        var raw = RawScores.Of(PaymentSegments.Channel, features, new Assessment(1, 2, 3, 0.1, 0.2, 0.3, 4, 5));
        Assert.Equal(new RawScores(2, 1, 2, 3, 5), raw);
        raw = RawScores.Of(PaymentSegments.None, features, new Assessment(1, 2, 3, 0.1, 0.2, 0.3, 4, null));
        Assert.Equal(new RawScores(0, 1, 2, 3, double.NegativeInfinity), raw);
    }

    /// <summary>Each detector gives 1 to <see cref="Count"/>, in orders of their own.</summary>
    private static RawScores[] Reference()
    {
        var random = new SeededRandom(1);
        var orders = new double[3][];
        for (var i = 0; i < orders.Length; i++)
        {
            orders[i] = [.. Enumerable.Range(1, Count).Select(score => (double)score)];
            for (var j = Count - 1; j > 0; j--)
            {
                var other = random.NextInt(j + 1);
                (orders[i][j], orders[i][other]) = (orders[i][other], orders[i][j]);
            }
        }

        return [.. Enumerable.Range(0, Count).Select(i => new RawScores(0, orders[0][i], orders[1][i], orders[2][i]))];
    }
}
