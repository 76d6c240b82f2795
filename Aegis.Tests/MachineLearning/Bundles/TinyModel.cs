using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.TailSums;
using Aegis.MachineLearning.Trainers;

namespace Aegis.Tests.MachineLearning.Bundles;

/// <summary>A bundle made by hand, small enough to foresee what it says.</summary>
internal static class TinyModel
{
    /// <summary>The amount, of which only high values are suspicious, and the payments of 30 days, of which neither.</summary>
    public static readonly Feature[] Inputs = [Feature.AmountLog, Feature.Count30Days];

    /// <summary>Calibrates a score to itself, from 0 to 10.</summary>
    public static ScoreCalibrator Same { get; } = new([0, 1], jointLevel: 1, highestLevel: 10, tailShape: 0, tailScale: 1);

    /// <summary>One tree that tells amounts above 1 apart, an autoencoder that always gives zeros, and a tail sum of the values
    /// themselves.</summary>
    public static FraudModel Make(PaymentSegments segments = PaymentSegments.None)
    {
        ScoreCalibrator?[] own = [.. Enumerable.Range(0, segments.Count()).Select(segment => segment % 2 == 1 ? Same : null)];
        var calibrator = new SegmentedCalibrator(Same, own);
        return new FraudModel
        {
            Version = "tiny",
            Provenance = new Dictionary<string, string> { ["data"] = "hand", ["seed"] = "none" },
            RatesVersion = "2025-average",
            ShardCount = 3,
            Scaler = new FeatureScaler([.. Inputs], [0, 0], [1, 1]),
            Forest = new IsolationForestTransformer(Forest(), 2),
            Autoencoder = new AutoencoderTransformer(new Autoencoder(
                [new DenseLayer(2, 2, Activation.Identity, new float[6])], [1, 1], inputLimit: 1_000_000)),
            TailSum = new TailSumTransformer(new TailSum([new(Same, null, false), new(Same, Same, false)])),
            Calibration = new ScoreCalibration(
                segments, calibrator, calibrator, calibrator, new ScoreFusion(0.5, 0.3, 0.2), calibrator),
            Policy = new DecisionPolicy(4, 6, new AlertBudget(20, 0.25)),
        };
    }

    /// <summary>A vector of which only the two inputs are not 0.</summary>
    public static float[] Vector(float amountLog, float count30Days)
    {
        var features = new float[FeatureSchema.Count];
        (features[(int)Feature.AmountLog], features[(int)Feature.Count30Days]) = (amountLog, count30Days);
        return features;
    }

    // Paths of 3 to the left and of 1 to the right, where 2 is usual.
    private static IsolationForest Forest() => new([new(0, 1, 1, 2), new(-1, 0, 0, 3), new(-1, 0, 0, 1)], [0], pathNormaliser: 2);
}
