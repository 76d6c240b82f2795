using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;

namespace Aegis.Tests.MachineLearning.Bundles;

public sealed class FraudDetectorTests
{
    private readonly FraudDetector _detector = new(TinyModel.Make());

    [Theory]
    [InlineData(3, 4, 1, 12.5, 7)]
    [InlineData(0.5, -2, 3, 2.125, 2.5)]
    [InlineData(-3, 0, 3, 0, 0)]
    [InlineData(1, 0, 1, 0.5, 1)]
    [InlineData(0.99, 0, 3, 0.49005, 0.99)]
    public void Assess_OfAVector_GivesEachDetectorsScore(float amount, float count, double path, double error, double tailSum)
    {
        var assessment = _detector.Assess(TinyModel.Vector(amount, count));
        Assert.Equal(Math.Pow(2, -path / 2), assessment.ForestScore, 1e-9);
        Assert.Equal(error, assessment.AutoencoderScore, 1e-4);
        Assert.Equal(tailSum, assessment.TailSum, 1e-4);
        Assert.Null(assessment.ExternalScore);
        Assert.Equal(
            _detector.Model.Calibration.Assess(new RawScores(
                0, assessment.ForestScore, assessment.AutoencoderScore, assessment.TailSum, double.NegativeInfinity)),
            assessment);
    }

    /// <summary>Each detector's parts, scaled to 1, by the weights 0.5, 0.3 and 0.2.</summary>
    [Fact]
    public void Attribute_OfAVector_MixesWhatEachDetectorSays()
    {
        // The forest saw the amount alone; squared errors of 9 and 16; tails of 3 and 4.
        var shares = Shares(3, 4);
        Assert.Equal(0.5 + (0.3 * 9 / 25) + (0.2 * 3 / 7), shares[(int)Feature.AmountLog], 1e-5);
        Assert.Equal((0.3 * 16 / 25) + (0.2 * 4 / 7), shares[(int)Feature.Count30Days], 1e-5);
        Assert.Equal(1, shares.Sum(), 1e-12);
    }

    [Fact]
    public void Attribute_WhereADetectorSaysNothing_SharesOutTheOthersWeights()
    {
        // A low amount speaks for no fraud, and lengthened the path.
        var shares = Shares(-5, 4);
        Assert.Equal((0, 1), (shares[(int)Feature.AmountLog], shares[(int)Feature.Count30Days]));
        // A feature without a suspicious side counts whatever its sign is: errors of 1/4 and 4, tails of 1/2 and 2.
        shares = Shares(0.5f, -2);
        Assert.Equal(((0.3 / 17) + (0.2 / 5)) / 0.5, shares[(int)Feature.AmountLog], 1e-5);
        Assert.Equal(((0.3 * 16 / 17) + (0.2 * 4 / 5)) / 0.5, shares[(int)Feature.Count30Days], 1e-5);
    }

    [Fact]
    public void Attribute_OfAVectorWithoutAnythingUnusual_IsZero() => Assert.All(Shares(0, 0), share => Assert.Equal(0, share));

    [Theory]
    [InlineData(-1, 1, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(0, 1, 0)]
    public void AssessAll_OfOtherThanTheRows_SaysHowManyItTakes(int values, int rows, int assessments)
    {
        var count = FeatureSchema.Count + values;
        Assert.Equal(
            $"{count} values and {assessments} assessments for {rows} rows; " +
            $"allowed: {FeatureSchema.Count} values and an assessment each. (Parameter 'features')",
            Assert.Throws<ArgumentException>(
                () => _detector.AssessAll(new float[count], rows, new Assessment[assessments])).Message);
    }

    [Fact]
    public void AssessAll_OfFewerRowsThanAssessments_LeavesTheRest()
    {
        var assessments = new Assessment[3];
        _detector.AssessAll([.. TinyModel.Vector(3, 4), .. TinyModel.Vector(0, 0)], 2, assessments);
        Assert.Equal(_detector.Assess(TinyModel.Vector(3, 4)), assessments[0]);
        Assert.Equal(_detector.Assess(TinyModel.Vector(0, 0)), assessments[1]);
        Assert.Equal(default, assessments[2]);
    }

    [Fact]
    public void Assess_InSegments_ComparesWithTheRowsOwn()
    {
        // Of old cards, which are the second segment, scores are calibrated to twice themselves.
        var model = TinyModel.Make(PaymentSegments.Age);
        var twice = new ScoreCalibrator([0, 0.5], 1, 10, 0, 0.5);
        var detector = new FraudDetector(model with
        {
            Calibration = model.Calibration with { TailSum = new SegmentedCalibrator(TinyModel.Same, [null, twice]) },
        });
        var features = TinyModel.Vector(0, 2);
        Assert.Equal(1 - Math.Exp(-2), detector.Assess(features).TailSumPercentile, 1e-5);
        features[(int)Feature.CardAge] = MathF.Log(11);
        Assert.Equal(1 - Math.Exp(-4), detector.Assess(features).TailSumPercentile, 1e-5);
    }

    private double[] Shares(float amount, float count)
    {
        var shares = new double[FeatureSchema.Count];
        shares.AsSpan().Fill(7);
        _detector.Attribute(TinyModel.Vector(amount, count), shares);
        return shares;
    }
}
