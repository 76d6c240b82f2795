using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.TailSums;
using Aegis.MachineLearning.Trainers;

namespace Aegis.Tests.MachineLearning.Trainers;

public sealed class DetectorFileTests
{
    private static readonly TailSum Tails = new([new(new ScoreCalibrator([1], 0, 1, 0, 1), null, false)]);

    public static TheoryData<DetectorTransformer, byte> Detectors => new()
    {
        { new IsolationForestTransformer(new IsolationForest([new(-1, 0, 0, 3)], [0], 1), 5, "Inputs", 0.75), 1 },
        { new AutoencoderTransformer(new Autoencoder([new DenseLayer(1, 1, Activation.Identity, [1, 0])], [1]), "Inputs", 0.75), 2 },
        { new TailSumTransformer(Tails, "Inputs", 0.75), 3 },
    };

    [Theory]
    [MemberData(nameof(Detectors))]
    public void Read_OfAWrittenDetector_HasItsKindColumnThresholdAndWidth(DetectorTransformer detector, byte kind)
    {
        var bytes = DetectorFile.Write(detector);
        Assert.Equal([.. "AEGISDT"u8, 1, kind], bytes[..9]);
        var read = DetectorFile.Read(new MemoryStream(bytes));
        Assert.Equal(detector.GetType(), read.GetType());
        Assert.Equal(("Inputs", 0.75, detector.Columns), (read.FeatureColumn, read.Threshold, read.Columns));
    }

    [Fact]
    public void Read_OfAnUnknownKind_SaysWhichThereAre()
    {
        var bytes = new SealedFormat("AEGISDT", 1, 1, "detector").Write(1, writer =>
        {
            writer.Write((byte)9);
            writer.Write("Features");
            writer.Write(0.5);
        });
        Assert.Equal(
            "The detector's checksum matches, but not its content: Detector of kind 9; allowed: 1 to 3.",
            Assert.Throws<FraudModelFormatException>(() => DetectorFile.Read(new MemoryStream(bytes))).Message);
    }

    [Fact]
    public void Read_OfABundle_IsRefused() => Assert.StartsWith(
        "Not an Aegis detector: it does not begin with 'AEGISDT'",
        Assert.Throws<FraudModelFormatException>(
            () => DetectorFile.Read(new MemoryStream(new SealedFormat("AEGISFM", 1, 1, "x").Write(1, _ => { })))).Message,
        StringComparison.Ordinal);
}
