using System.Diagnostics;
using System.Security.Cryptography;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;
using Aegis.MachineLearning.TailSums;
using Aegis.MachineLearning.Trainers;

namespace Aegis.Tests.MachineLearning;

public sealed class DetectionTests(SmallModel small) : IClassFixture<SmallModel>
{
    [Fact]
    public void Read_OfWrittenBundle_ScoresTheSameBits()
    {
        var read = FraudModelFile.Read(FraudModelFile.Write(small.Model));
        var before = new FraudDetector(small.Model);
        var after = new FraudDetector(read);
        for (var row = 0; row < 200; row++)
        {
            Assert.Equal(before.Assess(small.Rows[row]), after.Assess(small.Rows[row]));
        }

        Assert.Equal(small.Model.Policy, read.Policy);
        Assert.Equal(small.Model.Provenance, read.Provenance);
    }

    [Fact]
    public void Read_OfDamagedBundle_IsRefusedWhateverByteIsHit()
    {
        var bytes = FraudModelFile.Write(small.Model);
        foreach (var position in new[] { 0, 7, 8, 100, bytes.Length / 2, bytes.Length - 1 })
        {
            var damaged = (byte[])bytes.Clone();
            damaged[position] ^= 0x40;
            Assert.Throws<FraudModelFormatException>(() => FraudModelFile.Read(damaged));
        }

        Assert.Throws<FraudModelFormatException>(() => FraudModelFile.Read(bytes[..^1]));
        Assert.Throws<FraudModelFormatException>(() => FraudModelFile.Read([]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Read_OfFiveThousandMutations_RefusesOrScoresWithNumbers(ulong seed)
    {
        var few = small.Rows.Features[..(100 * FeatureSchema.Count)].ToArray();
        var inputs = small.Model.Scaler.EncodeAll(few);
        var forest = IsolationForestTrainer.Train(
            inputs, small.Model.Scaler.InputCount, new IsolationForestOptions { Trees = 3, SubsampleSizes = [32] });
        var small3 = new IsolationForestTransformer(forest, small.Model.Scaler.InputCount);
        var model = small.Model with { Forest = small3 };
        var calibrator = model.Calibration.Forest.All;
        // Every second run with a view for young cards, whose parts are mutated too.
        var bytes = FraudModelFile.Write(seed % 2 == 1 ? model : model with
        {
            Young = new YoungCardView(model.Scaler, small3, calibrator),
            Calibration = model.Calibration with { Joint = model.Calibration.Fused.All },
        });
        var random = new SeededRandom(seed);
        var read = 0;
        for (var mutation = 0; mutation < 5_000; mutation++)
        {
            var mutated = random.NextBool(0.1) ? bytes[..random.NextInt(bytes.Length)] : (byte[])bytes.Clone();
            for (var flips = 1 + random.NextInt(3); flips > 0 && mutated.Length > 0; flips--)
            {
                mutated[random.NextInt(mutated.Length)] ^= (byte)(1 << random.NextInt(8));
            }

            // Half of them with a checksum that fits, as a faulty writer would make them.
            var isSigned = mutated.Length > 100 && mutation % 2 == 0;
            if (isSigned)
            {
                SHA256.HashData(mutated.AsSpan(0, mutated.Length - SHA256.HashSizeInBytes), mutated.AsSpan(
                    mutated.Length - SHA256.HashSizeInBytes));
            }

            try
            {
                var detector = new FraudDetector(FraudModelFile.Read(mutated));
                Assert.True(isSigned, $"seed {seed}, mutation {mutation}: read in spite of its checksum");
                for (var row = 0; row < 5; row++)
                {
                    var assessment = detector.Assess(small.Rows[row]);
                    Assert.False(double.IsNaN(assessment.ForestScore + assessment.AutoencoderScore + assessment.TailSum + assessment.Risk),
                        $"seed {seed}, mutation {mutation}: {assessment}");
                }

                read++;
            }
            catch (FraudModelFormatException)
            {
                // Said clearly.
            }
        }

        Assert.InRange(read, 1, 2_500);
    }

    [Fact]
    public void Read_OfTheShippedSize_TakesMilliseconds()
    {
        var inputs = small.Model.Scaler.EncodeAll(small.Rows.Features);
        var forest = IsolationForestTrainer.Train(
            inputs, small.Model.Scaler.InputCount, new IsolationForestOptions { Trees = 300, SubsampleSizes = [1_024] });
        var bytes = FraudModelFile.Write(
            small.Model with { Forest = new IsolationForestTransformer(forest, small.Model.Scaler.InputCount) });
        var fastest = Enumerable.Range(0, 5).Min(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            FraudModelFile.Read(bytes);
            return Stopwatch.GetElapsedTime(started);
        });
        Assert.True(fastest < TimeSpan.FromMilliseconds(50), $"{bytes.Length:N0} bytes read in {fastest}");
    }

    [Fact]
    public void Read_OfBundleOfAnOlderFormat_SaysWhichFormatItReads()
    {
        var bytes = FraudModelFile.Write(small.Model);
        bytes[7] = 1;
        var error = Assert.Throws<FraudModelFormatException>(() => FraudModelFile.Read(bytes));
        Assert.StartsWith("The bundle has format 1; this release reads format ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Policy_KeepsTheBudgetOnItsTrainingWindow()
    {
        var (detector, policy, rows) = (new FraudDetector(small.Model), small.Model.Policy, small.Rows);
        var flagged = Enumerable.Range(0, rows.Count)
            .Where(row => policy.Decide(detector.Assess(rows[row]).Risk, rows.IdHashes[row]) != DecisionOutcome.Approve)
            .Select(row => (rows.Cards[row], rows.Days[row])).Distinct().Count();
        var expected = small.Rows.Count * small.Model.Policy.Budget.CardsPerTenThousand / 10_000;
        Assert.InRange(flagged, expected * 0.95, expected * 1.05);
    }

    [Fact]
    public void Attribute_OfOnePlantedFeature_NamesItFirst()
    {
        var detector = new FraudDetector(small.Model);
        var features = small.Rows[small.MedianRow(detector)].ToArray();
        features[(int)Feature.SpeedLog] = 9;
        var shares = new double[FeatureSchema.Count];
        detector.Attribute(features, shares);
        Assert.Equal((int)Feature.SpeedLog, Array.IndexOf(shares, shares.Max()));
        Assert.Equal(1, shares.Sum(), 6);
    }

    [Fact]
    public void Attribute_OfAnyPlantedInput_NamesItFirst()
    {
        var detector = new FraudDetector(small.Model);
        var usual = small.Rows[small.MedianRow(detector)].ToArray();
        var shares = new double[FeatureSchema.Count];
        var scaler = small.Model.Scaler;
        for (var input = 0; input < scaler.Centres.Length; input++)
        {
            var feature = scaler.FeatureOfInput[input];
            var features = (float[])usual.Clone();
            var isLow = FeatureSchema.All[feature].Side == SuspiciousSide.Low;
            features[feature] = scaler.Centres[input] + ((isLow ? -30 : 30) * scaler.Scales[input]);
            detector.Attribute(features, shares);
            Assert.Equal(FeatureSchema.All[feature].Name, FeatureSchema.All[Array.IndexOf(shares, shares.Max())].Name);
        }
    }

    [Fact]
    public void Train_WithDaysThatFade_FitsTheForestOnNewerOnes()
    {
        var options = new FraudModelTrainingOptions { Forest = new IsolationForestOptions { Trees = 40 },
            Autoencoder = new AutoencoderOptions { Epochs = 1 } };
        var rows = new FeatureRows();
        var features = new float[FeatureSchema.Count];
        var random = new SeededRandom(9);
        for (var row = 0; row < 6_000; row++)
        {
            // Amounts double on the last day: to a forest of the last days they are ordinary.
            var isNew = row >= 5_000;
            features[(int)Feature.AmountLog] = (float)(random.NextNormal() + (isNew ? 6 : 0));
            rows.Add(features, $"card-{row}", 1_000 + (row / 1_000), isFraud: false, idHash: 0);
        }

        Assert.True(NewScore(0.5) < NewScore(null) - 0.05, $"{NewScore(0.5)} {NewScore(null)}");

        double NewScore(double? decayDays)
        {
            var model = FraudModelTrainer.Train(
                rows, options with { ForestDecayDays = decayDays, Inputs = [Feature.AmountLog] }, CurrencyRates.Default, 1, "v",
                new Dictionary<string, string>());
            var detector = new FraudDetector(model);
            return Enumerable.Range(5_000, 1_000).Average(row => detector.Assess(rows[row]).ForestScore);
        }
    }

    [Fact]
    public void AssessAll_OfAnyNumberOfRows_IsTheSameToTheBitAsAssess()
    {
        const ulong Seed = 29;
        var random = new SeededRandom(Seed);
        var detector = new FraudDetector(small.Model);
        var alone = new FraudDetector(small.Model);
        int[] counts = [.. Enumerable.Range(0, 258), 511, 512, 513, 700];
        foreach (var count in counts)
        {
            var features = new float[count * FeatureSchema.Count];
            for (var row = 0; row < count; row++)
            {
                small.Rows[random.NextInt(small.Rows.Count)].CopyTo(features.AsSpan(row * FeatureSchema.Count));
            }

            var assessments = new Assessment[count];
            var started = Stopwatch.GetTimestamp();
            detector.AssessAll(features, count, assessments, out var forestDone, out var autoencoderDone);
            Assert.True(started <= forestDone && forestDone <= autoencoderDone && autoencoderDone <= Stopwatch.GetTimestamp());
            for (var row = 0; row < count; row++)
            {
                // Equality of doubles is equality of bits here: none is not-a-number or zero of either sign.
                var expected = alone.Assess(features.AsSpan(row * FeatureSchema.Count, FeatureSchema.Count));
                Assert.True(expected == assessments[row], $"seed {Seed}, row {row} of {count}: {assessments[row]}, alone {expected}");
            }
        }
    }

    [Fact]
    public void AssessAll_InSteadyState_AllocatesNothing()
    {
        var detector = new FraudDetector(small.Model);
        var features = small.Rows.Features[..(600 * FeatureSchema.Count)];
        var assessments = new Assessment[600];
        detector.AssessAll(features, 600, assessments);
        var before = GC.GetAllocatedBytesForCurrentThread();
        detector.AssessAll(features, 600, assessments);
        detector.Assess(small.Rows[0]);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void AssessAll_OfRowsThatDoNotFit_IsRefused()
    {
        var detector = new FraudDetector(small.Model);
        Assert.Throws<ArgumentException>(() => detector.AssessAll(new float[FeatureSchema.Count + 1], 1, new Assessment[1]));
        Assert.Throws<ArgumentException>(() => detector.AssessAll(new float[2 * FeatureSchema.Count], 2, new Assessment[1]));
    }
}
