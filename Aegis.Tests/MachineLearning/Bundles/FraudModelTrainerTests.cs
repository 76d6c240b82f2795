using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Forests;

namespace Aegis.Tests.MachineLearning.Bundles;

public sealed class FraudModelTrainerTests
{
    private static readonly Dictionary<string, string> Provenance = new() { ["data"] = "made here" };

    private readonly FraudModelTrainingOptions _options = new()
    {
        Inputs = TinyModel.Inputs,
        Forest = new IsolationForestOptions { Trees = 8, SubsampleSizes = [32] },
        Autoencoder = new AutoencoderOptions { Epochs = 2 },
        Budget = new AlertBudget(1_000),
    };

    [Fact]
    public void Train_OfFewerThanAHundredRows_IsRefused()
    {
        Assert.Equal(
            "99 training rows; allowed: 100 or more. (Parameter 'rows')",
            Assert.Throws<ArgumentException>(() => Train(Rows(99), _options)).Message);
        Assert.NotNull(Train(Rows(100), _options));
    }

    [Fact]
    public void Train_GivesTheModelItsNamesAndParts()
    {
        var model = Train(Rows(300), _options with { Segments = PaymentSegments.Channel });
        Assert.Equal(("v-1", CurrencyRates.Default.Version, 5), (model.Version, model.RatesVersion, model.ShardCount));
        Assert.Same(Provenance, model.Provenance);
        Assert.Equal(TinyModel.Inputs, model.Scaler.Features);
        Assert.Equal((2, 2, 8), (model.Autoencoder.Columns, model.TailSum.Columns, model.Forest.Forest.Roots.Length));
        Assert.Equal((PaymentSegments.Channel, ScoreFusion.Default), (model.Calibration.Segments, model.Calibration.Fusion));
        Assert.Equal([true, false], model.TailSum.TailSum.Columns.Select(column => column.Lower is null));
        Assert.Null(model.External);
    }

    /// <summary>A stream without refunds and refused payments trains a model that does not look for them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Train_LeavesOutAnInputThatIsOneWhereSeen_WhereItNeverVaries(float last)
    {
        var rows = new FeatureRows();
        for (var i = 0; i < 200; i++)
        {
            var vector = TinyModel.Vector(i % 7, i % 3);
            vector[(int)Feature.WrongPins1Hour] = i == 199 ? last : 0;
            rows.Add(vector, $"card-{i}", 700, isFraud: false, (ulong)i);
        }

        var model = Train(rows, _options with { Inputs = [.. TinyModel.Inputs, Feature.WrongPins1Hour, Feature.Refused1Hour] });
        Feature[] inputs = last == 0 ? TinyModel.Inputs : [.. TinyModel.Inputs, Feature.WrongPins1Hour];
        Assert.Equal(inputs, model.Scaler.Features);
    }

    [Fact]
    public void Train_OfASeed_GivesTheSameBytes_AndOfAnotherSeedOthers()
    {
        var rows = Rows(300);
        var bytes = FraudModelFile.Write(Train(rows, _options));
        Assert.Equal(bytes, FraudModelFile.Write(Train(rows, _options)));
        var other = Train(rows, _options with { Seed = 2 });
        Assert.NotEqual(bytes, FraudModelFile.Write(other));
        // The seed is that of all detectors, whatever their own options say.
        var own = _options with
        {
            Forest = _options.Forest with { Seed = 77 }, Autoencoder = _options.Autoencoder with { Seed = 78 },
        };
        Assert.Equal(bytes, FraudModelFile.Write(Train(rows, own)));
    }

    [Fact]
    public void Train_FlagsTheBudgetedCardsOfItsOwnDays()
    {
        // A card a row: one in ten is flagged, and of those the share that is declined.
        var rows = Rows(400);
        var model = Train(rows, _options with { Budget = new AlertBudget(1_000, 0.25) });
        var detector = new FraudDetector(model);
        var outcomes = Enumerable.Range(0, rows.Count).Select(row => model.Policy.Decide(
            detector.Assess(rows[row]).Risk, rows.IdHashes[row])).ToList();
        Assert.InRange(outcomes.Count(outcome => outcome != DecisionOutcome.Approve), 38, 42);
        Assert.InRange(outcomes.Count(outcome => outcome == DecisionOutcome.Decline), 9, 11);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    public void Train_OnFewDistinctPayments_FlagsTheBudgetAndNotAllThatShareTheHighestScore(int distinct)
    {
        var rows = new FeatureRows();
        for (var i = 0; i < 4_000; i++)
        {
            rows.Add(TinyModel.Vector(i % distinct, 1), $"card-{i}", 700, isFraud: false, StableHash.Hash64($"id-{i}"));
        }

        // 400 cards are flagged and 100 of them declined, give or take three standard deviations.
        var model = FraudModelFile.Read(FraudModelFile.Write(Train(rows, _options with { Budget = new AlertBudget(1_000, 0.25) })));
        var detector = new FraudDetector(model);
        var outcomes = Enumerable.Range(0, rows.Count).Select(row => model.Policy.Decide(
            detector.Assess(rows[row]).Risk, rows.IdHashes[row])).ToList();
        Assert.InRange(outcomes.Count(outcome => outcome != DecisionOutcome.Approve), 343, 457);
        Assert.InRange(outcomes.Count(outcome => outcome == DecisionOutcome.Decline), 70, 130);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.5)]
    public void Train_KeepsWhatTheForestFindsUnusualFromTheAutoencoder(double trim)
    {
        // Half of the rows lie apart; trimmed, the autoencoder learns from one half alone.
        var rows = new FeatureRows();
        var random = new SeededRandom(3);
        for (var i = 0; i < 400; i++)
        {
            var isApart = i >= 200;
            var spread = isApart ? 20 : 0.1;
            var features = TinyModel.Vector((float)(3 + (spread * random.NextDouble())), (float)(spread * random.NextNormal()));
            rows.Add(features, $"c-{i}", 1, isFraud: false, idHash: 0);
        }

        var options = _options with { AutoencoderTrim = trim, Autoencoder = new AutoencoderOptions { Epochs = 20 } };
        var detector = new FraudDetector(Train(rows, options));
        var (usual, apart) = (Error(0, 200), Error(200, 400));
        Assert.True(trim > 0 ? apart > 50 * usual : apart < 20, $"{usual} {apart}");

        double Error(int from, int to) => Enumerable.Range(from, to - from).Average(row => detector.Assess(rows[row]).AutoencoderScore);
    }

    [Fact]
    public void Train_ReportsItsStepsUpToTheirEnd()
    {
        var reports = new List<TrainingProgress>();
        Train(Rows(200), _options, new Recorder(reports));
        Assert.Equal(["isolation forest", "autoencoder"], reports.Select(report => report.Step).Distinct());
        foreach (var step in reports.GroupBy(report => report.Step))
        {
            Assert.All(step, report => Assert.InRange(report.Share, 0, 1));
            Assert.Equal(1, step.Max(report => report.Share));
        }

        Assert.Equal(2, reports.Count(report => report.Step == "autoencoder"));
    }

    private static FraudModel Train(FeatureRows rows, FraudModelTrainingOptions options, IProgress<TrainingProgress>? progress = null) =>
        FraudModelTrainer.Train(rows, options, CurrencyRates.Default, 5, "v-1", Provenance, progress);

    private static FeatureRows Rows(int count)
    {
        var rows = new FeatureRows();
        var random = new SeededRandom(1);
        for (var i = 0; i < count; i++)
        {
            var vector = TinyModel.Vector((float)random.NextNormal(), (float)random.NextNormal());
            rows.Add(vector, $"card-{i}", 700 + (i / 100), isFraud: false, StableHash.Hash64($"id-{i}"));
        }

        return rows;
    }

    /// <summary>Detectors report from several threads.</summary>
    private sealed class Recorder(List<TrainingProgress> reports) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            lock (reports)
            {
                reports.Add(value);
            }
        }
    }
}
