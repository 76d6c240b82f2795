using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.MachineLearning.Bundles;
using Aegis.Training.Bundles;
using Aegis.Training.Evaluating;
using Microsoft.Extensions.Time.Testing;

namespace Aegis.Tests.Training.Bundles;

public sealed class BundleTrainingTests(SmallDataset small) : IClassFixture<SmallDataset>
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
    private static readonly Progress<TrainingProgress> Nobody = new();

    private TrainOptions Options => new()
    {
        DataPath = small.Path, Train = SmallDataset.Days(5, 20), Seed = 3, Shards = 4, Budget = 200, ChoicePath = small.ChoicePath,
    };

    [Fact]
    public void Run_OnAFile_FitsOnItsDaysAndNamesTheBundleByClockAndFingerprint()
    {
        var report = Train(Options);
        Assert.Equal(small.Payments.Count(payment => SmallDataset.DayOf(payment) is >= 5 and <= 20), report.Payments);
        Assert.Equal(SmallDataset.Days(5, 20), report.Days);
        Assert.Equal($"20260504-030201-{report.Model.Provenance["dataFingerprint"][..8]}", report.Model.Version);
        Assert.Equal((4, CurrencyRates.Default.Version), (report.Model.ShardCount, report.Model.RatesVersion));
        Assert.Equal(["amount_log", "amount_z", "sum_1h"], report.Model.Scaler.Features.Select(feature => FeatureSchema.Of(feature).Name));
        Assert.Equal(0, report.Skipped.Count);
    }

    [Fact]
    public void Run_Twice_GivesTheSameScores()
    {
        var (one, other) = (Train(Options).Model, Train(Options).Model);
        var rows = TrainingRows.Extract(TrainingStream.FromFile(small.Path, Options, new()), CurrencyRates.Default, 4).Rows;
        Assert.Equal(ModelScores.Of(one, rows), ModelScores.Of(other, rows));
        Assert.NotEqual(ModelScores.Of(one, rows), ModelScores.Of(Train(Options with { Seed = 4 }).Model, rows));
    }

    [Fact]
    public void Run_OnDaysWithoutPayments_SaysSo() => Assert.Equal(
        "No payments on the training days 2025-04-10..2025-04-11.",
        Assert.Throws<DatasetException>(() => Train(Options with { Train = SmallDataset.Days(40, 41) })).Message);

    [Fact]
    public void Run_WithAWeightForNoModel_IsRefused() => Assert.Equal(
        "--extern-weight is '2' without --extern; allowed: both.",
        Assert.Throws<ArgumentException>(() => Train(Options with { ExternalWeight = 2 })).Message);

    private static BundleTrainingReport Train(TrainOptions options) => new BundleTraining(options, new FakeTimeProvider(Now)).Run(Nobody);
}
