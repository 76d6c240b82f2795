using System.Security.Cryptography;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.TailSums;
using Aegis.MachineLearning.Trainers;

namespace Aegis.Tests.MachineLearning.Bundles;

public sealed class FraudModelFileTests
{
    private const string Beginning = "The bundle's checksum matches, but not its content: ";

    [Theory]
    [InlineData(PaymentSegments.None)]
    [InlineData(PaymentSegments.Channel)]
    [InlineData(PaymentSegments.Age)]
    [InlineData(PaymentSegments.ChannelAndAge)]
    public void Read_OfAWrittenBundle_IsWrittenTheSameAgain(PaymentSegments segments)
    {
        var model = TinyModel.Make(segments);
        var bytes = FraudModelFile.Write(model);
        Assert.Equal([.. "AEGISFM"u8, 6], bytes[..8]);
        var read = FraudModelFile.Read(bytes);
        Assert.Equal(bytes, FraudModelFile.Write(read));
        Assert.Equal(("tiny", "2025-average", 3), (read.Version, read.RatesVersion, read.ShardCount));
        Assert.Equal(model.Provenance, read.Provenance);
        Assert.Equal(model.Policy, read.Policy);
        Assert.Equal(TinyModel.Inputs, read.Scaler.Features);
        Assert.Equal((segments, model.Calibration.Fusion), (read.Calibration.Segments, read.Calibration.Fusion));
        Assert.Equal(
            model.Calibration.Forest.Own.ToArray().Select(own => own is null),
            read.Calibration.Forest.Own.ToArray().Select(own => own is null));
        Assert.Null(read.External);
        var features = TinyModel.Vector(3, 4);
        Assert.Equal(new FraudDetector(model).Assess(features), new FraudDetector(read).Assess(features));
    }

    [Fact]
    public void Read_OfAPolicyThatSplitsTies_KeepsItsShares_AndOfAnOlderFormatFlagsAllTies()
    {
        var model = TinyModel.Make();
        var split = model with { Policy = model.Policy with { ReviewTies = 0.25, DeclineTies = 0.125 } };
        var bytes = FraudModelFile.Write(split);
        Assert.Equal(8, bytes[7]);
        Assert.Equal(split.Policy, FraudModelFile.Read(bytes).Policy);
        Assert.Equal(bytes, FraudModelFile.Write(FraudModelFile.Read(bytes)));

        // The older format is the same without the two shares at its end.
        byte[] older = [.. bytes[..^(SHA256.HashSizeInBytes + (2 * sizeof(double)))]];
        older[7] = 6;
        Assert.Equal(model.Policy, FraudModelFile.Read([.. older, .. SHA256.HashData(older)]).Policy);
        Assert.Equal(FraudModelFile.Write(model), (byte[])[.. older, .. SHA256.HashData(older)]);
    }

    [Theory]
    [InlineData(-0.1, 0.5)]
    [InlineData(0.5, 1.1)]
    [InlineData(double.NaN, 0.5)]
    public void Read_OfSharesOfTiesOutOfRange_IsRefused(double reviewTies, double declineTies)
    {
        var model = TinyModel.Make();
        Assert.Equal(
            $"{Beginning}Of the payments exactly at a threshold {reviewTies} are flagged and {declineTies} declined; "
            + "allowed: shares of 0 to 1.",
            Refusal(FraudModelFile.Write(model with
            {
                Policy = model.Policy with { ReviewTies = reviewTies, DeclineTies = declineTies },
            })));
    }

    [Fact]
    public void Read_OfEachCalibrator_KeepsThemApart()
    {
        var model = TinyModel.Make();
        var calibration = new ScoreCalibration(
            PaymentSegments.None, Ending(1), Ending(2), Ending(3), new ScoreFusion(0.1, 0.2, 0.3), Ending(4));
        var read = FraudModelFile.Read(FraudModelFile.Write(model with { Calibration = calibration })).Calibration;
        Assert.Equal(
            [1, 2, 3, 4],
            new[] { read.Forest, read.Autoencoder, read.TailSum, read.Fused }.Select(each => each.All.Scores[^1]));
        Assert.Equal(new ScoreFusion(0.1, 0.2, 0.3), read.Fusion);

        static SegmentedCalibrator Ending(double score) => new(new ScoreCalibrator([0, score], 1, 2, 0, 1), [null]);
    }

    [Fact]
    public void Read_OfABundleForAnotherSchema_AsksToTrainAgain() => Assert.Equal(
        $"The bundle was trained for feature schema 0123; this release computes {FeatureSchema.Hash}. Train again.",
        Refusal(new SealedFormat("AEGISFM", 6, 9, "bundle").Write(6, writer => writer.Write("0123"))));

    [Fact]
    public void Read_OfDetectorsForOtherInputs_IsRefused()
    {
        var model = TinyModel.Make();
        var three = new TailSumTransformer(new TailSum([.. model.TailSum.TailSum.Columns, new(TinyModel.Same, null, false)]));
        Assert.Equal(
            $"{Beginning}Autoencoder of 2 and tail sum of 3 columns for 2 inputs; allowed: as many as inputs.",
            Refusal(FraudModelFile.Write(model with { TailSum = three })));
        var scaler = new FeatureScaler([Feature.AmountLog], [0], [1]);
        Assert.StartsWith(Beginning, Refusal(FraudModelFile.Write(model with { Scaler = scaler })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, true)]
    [InlineData(5, 5, true)]
    [InlineData(5, double.PositiveInfinity, true)]
    [InlineData(5, 4.999, false)]
    [InlineData(-0.001, 5, false)]
    [InlineData(double.NaN, 5, false)]
    [InlineData(5, double.NaN, false)]
    public void Read_OfThresholds_TakesThoseThatRise(double reviewAt, double declineAt, bool isTaken)
    {
        var policy = new DecisionPolicy(reviewAt, declineAt, new AlertBudget());
        var bytes = FraudModelFile.Write(TinyModel.Make() with { Policy = policy });
        if (isTaken)
        {
            Assert.Equal(policy, FraudModelFile.Read(bytes).Policy);
        }
        else
        {
            Assert.Equal(
                $"{Beginning}{policy}; allowed: thresholds of 0 or more, declining at no less than reviewing.", Refusal(bytes));
        }
    }

    [Fact]
    public void Read_OfSegmentsOfAnUnknownKind_IsRefused()
    {
        var model = TinyModel.Make();
        var unknown = model with { Calibration = model.Calibration with { Segments = (PaymentSegments)4 } };
        Assert.Equal($"{Beginning}Segments of kind 4; allowed: 0 to 3.", Refusal(FraudModelFile.Write(unknown)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("20260301-101500-1f2e3d4c_0a1b2c3d+20260401030000")]
    [InlineData("1.0")]
    [InlineData("A234567890123456789012345678901234567890123456789012345678901234")]
    public void Read_OfAPlainVersion_TakesIt(string version) => Assert.Equal(
        version, FraudModelFile.Read(FraudModelFile.Write(TinyModel.Make() with { Version = version })).Version);

    [Theory]
    [InlineData("", "''")]
    [InlineData(" ", "' '")]
    [InlineData("..", "'..'")]
    [InlineData("../small", "'../small'")]
    [InlineData("a/b", "'a/b'")]
    [InlineData("a~1f2e3d4c", "'a~1f2e3d4c'")]
    [InlineData("<b>x</b>", "'<b>x</b>'")]
    [InlineData("zwölf\n", "'zw?lf?'")]
    [InlineData("A2345678901234567890123456789012345678901234567890123456789012345",
        "'A234567890123456789012345678901234567890123456789012345678901234…' of 65 characters")]
    public void Read_OfAnotherVersion_SaysWhichAreAllowed(string version, string quoted) => Assert.Equal(
        $"{Beginning}Its version is {quoted}; allowed: 1 to 64 of the characters A-Z a-z 0-9 . _ + -, the first a letter or digit.",
        Refusal(FraudModelFile.Write(TinyModel.Make() with { Version = version })));

    private static string Refusal(byte[] bytes) =>
        Assert.Throws<FraudModelFormatException>(() => FraudModelFile.Read(bytes)).Message;
}
