using System.Security.Cryptography;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.TailSums;
using Aegis.MachineLearning.Trainers;
using static Aegis.Tests.MachineLearning.Bundles.Judgement;

namespace Aegis.Tests.MachineLearning.Bundles;

/// <summary>Each test spoils one part of a bundle that is otherwise sound.</summary>
public sealed class BundleRulesTests
{
    private const string FiniteFloats = "allowed: -3.4028235E+38 to 3.4028235E+38.";
    private const string FiniteScores = "allowed: -1E+300 to 1E+300.";

    private static readonly FraudModel Sound = TinyModel.Make();

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    [InlineData(2e12f, "2E+12")]
    public void Read_OfACentreOutOfRange_IsRefused(float centre, string named)
    {
        AssertRefused(Scaled([0, centre], [1, 1]), $"Value 1 of the scaler's centres is {named}; allowed: -1E+12 to 1E+12.");
        Read(Scaled([-1e12f, 1e12f], [1, 1]));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-1, "-1")]
    [InlineData(1e-10f, "1E-10")]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    public void Read_OfAScaleOutOfRange_IsRefused(float scale, string named)
    {
        AssertRefused(Scaled([0, 0], [scale, 1]), $"Value 0 of the scaler's scales is {named}; allowed: 1E-09 to 1E+12.");
        Read(Scaled([0, 0], [1e-9f, 1e12f]));
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Read_OfAWeightThatIsNoNumber_IsRefused(float weight, string named)
    {
        // The last of the six parameters is a bias.
        foreach (var at in new[] { 0, 5 })
        {
            var parameters = new float[6];
            parameters[at] = weight;
            AssertRefused(Coded(parameters, [1, 1]), $"Value {at} of layer 0 of the autoencoder is {named}; {FiniteFloats}");
        }

        AssertRefused(
            Coded(new float[6], [1, weight]),
            $"Value 1 of the autoencoder's error weights is {named}; allowed: 0 to 3.4028235E+38.");
    }

    [Fact]
    public void Read_OfWeightsThatMakeInfiniteErrors_IsRefused()
    {
        Read(Coded([1e12f, 0, 0, 0, 0, 0], [1, 1]));
        AssertRefused(
            Coded([1e13f, 0, 0, 0, 0, 0], [1, 1]),
            "The autoencoder's weights allow an error of 1E+38; allowed: at most 1E+37, which is still a number.");
        AssertRefused(
            Coded([0, 0, 0, 0, 0, 0], [1, 3e25f]),
            "The autoencoder's weights allow an error of 3E+37; allowed: at most 1E+37, which is still a number.");
        AssertRefused(
            Coded([float.MaxValue, 0, 0, 0, 0, float.MaxValue], [1, 1]),
            "The autoencoder's weights allow an error of 1.2E+89; allowed: at most 1E+37, which is still a number.");
    }

    [Fact]
    public void Read_OfAnAutoencoderWithTooMuchWork_IsRefused()
    {
        var wide = new Autoencoder(
            [
                new DenseLayer(2, 200_001, Activation.Tanh, new float[3 * 200_001]),
                new DenseLayer(200_001, 2, Activation.Identity, new float[2 * 200_002]),
            ], [1, 1]);
        AssertRefused(
            Sound with { Autoencoder = new AutoencoderTransformer(wide) },
            "The autoencoder has 1,000,007 weights and biases; allowed: at most 1,000,000.");
    }

    [Fact]
    public void Read_OfACalibratorThatIsNotRising_NamesIt()
    {
        var falling = new ScoreCalibrator([0, 2, 1], 1, 10, 0, 1);
        var fault = (string part) => $"Value 2 of the scores of {part} is 1, after 2; allowed: rising scores.";
        var calibration = Sound.Calibration;
        AssertRefused(Sound with { Calibration = calibration with { Forest = All(falling) } }, fault("the forest's calibrator"));
        AssertRefused(Sound with { Calibration = calibration with { Autoencoder = All(falling) } }, fault("the autoencoder's calibrator"));
        AssertRefused(Sound with { Calibration = calibration with { TailSum = All(falling) } }, fault("the tail sum's calibrator"));
        AssertRefused(Sound with { Calibration = calibration with { Fused = All(falling) } }, fault("the combination's calibrator"));
        AssertRefused(
            Sound with { Calibration = calibration with { Forest = new SegmentedCalibrator(TinyModel.Same, [falling]) } },
            fault("the forest's calibrator of segment 0"));
        AssertRefused(Summed(new(falling, null, false), new(TinyModel.Same, TinyModel.Same, false)), fault("the tail sum's column 0"));
        AssertRefused(
            Summed(new(TinyModel.Same, null, false), new(TinyModel.Same, falling, false)), fault("the tail sum's column 1, negated"));
        Read(Sound with { Calibration = calibration with { Forest = All(new ScoreCalibrator([0, 2, 2], 1, 10, 0, 1)) } });
    }

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    [InlineData(1e301, "1E+301")]
    public void Read_OfACalibratorsScoreOutOfRange_IsRefused(double score, string named) => AssertRefused(
        Sound with { Calibration = Sound.Calibration with { Fused = All(new ScoreCalibrator([0, score], 1, 10, 0, 1)) } },
        $"Value 1 of the scores of the combination's calibrator is {named}; {FiniteScores}");

    [Fact]
    public void Read_OfATailThatRisesToInfinity_IsRefused() => AssertRefused(
        Sound with { Calibration = Sound.Calibration with { Fused = All(new ScoreCalibrator([0, 1], 1, 100, -2, 1)) } },
        "The tail of the combination's calibrator has shape -2, scale 1 and levels 1 to 100; "
        + "allowed: a tail that gives every score a finite risk.");

    [Fact]
    public void Read_OfAFusionWeightOutOfRange_IsRefused()
    {
        AssertRefused(
            Sound with { Calibration = Sound.Calibration with { Fusion = new ScoreFusion(1, 1_000_001, 0) } },
            "Value 1 of the fusion's weights is 1000001; allowed: 0 to 1000000.");
        var content = FraudModelFile.Write(Sound)[..^SHA256.HashSizeInBytes];
        // The fusion's three weights, and behind them the policy's four numbers.
        BitConverter.TryWriteBytes(content.AsSpan(content.Length - (7 * sizeof(double))), double.NaN);
        var refusal = Assert.Throws<FraudModelFormatException>(() => FraudModelFile.Read([.. content, .. SHA256.HashData(content)]));
        Assert.Contains("The weights of forest, autoencoder, tail sum and external model are NaN", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0.2)]
    [InlineData(10_001, 0.2)]
    [InlineData(double.NaN, 0.2)]
    [InlineData(100, 1.1)]
    [InlineData(100, double.NaN)]
    public void Read_OfABudgetOutOfRange_IsRefused(double cards, double share)
    {
        var budget = new AlertBudget(cards, share);
        AssertRefused(
            Sound with { Policy = new DecisionPolicy(4, 6, budget) },
            $"{budget}; allowed: above 0 to 10,000 cards, and a share of 0 to 1.");
    }

    private static FraudModel Scaled(float[] centres, float[] scales) =>
        Sound with { Scaler = new FeatureScaler(TinyModel.Inputs, centres, scales) };

    private static FraudModel Coded(float[] parameters, float[] errorWeights) => Sound with
    {
        Autoencoder = new AutoencoderTransformer(
            new Autoencoder([new DenseLayer(2, 2, Activation.Identity, parameters)], errorWeights, inputLimit: 1_000_000)),
    };

    private static FraudModel Summed(params TailColumn[] columns) => Sound with { TailSum = new TailSumTransformer(new TailSum(columns)) };

    private static SegmentedCalibrator All(ScoreCalibrator calibrator) => new(calibrator, [null]);
}
