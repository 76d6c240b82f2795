using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Bundles;

namespace Aegis.Tests.Training.Bundles;

public sealed class FilePreferenceTests : IDisposable
{
    private static readonly DateRange Days = new(new DateOnly(2025, 3, 1), new DateOnly(2025, 3, 14));

    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(99, 0, true, "the file is small: 99 payments to fit on, fewer than 100")]
    [InlineData(100, 0, true, null)]
    [InlineData(2_499, 0, false, "the file is young: 2,499 payments of cards without a past, fewer than 2,500")]
    [InlineData(2_500, 0, false, null)]
    [InlineData(200, 31, true, "the file is dirty: 15.5 % of the payments to fit on are frauds, more than 15 %")]
    [InlineData(200, 30, true, null)]
    public void ReasonAgainst_NamesWhatTheFileLacks(int payments, int frauds, bool isWarmed, string? reason)
    {
        var rows = new FeatureRows();
        for (var row = 0; row < payments; row++)
        {
            rows.Add(new float[FeatureSchema.Count], "c", 1, row < frauds, 0);
        }

        Assert.Equal(reason, FilePreference.ReasonAgainst(new TrainingRows(rows, Days, "f"), isWarmed));
    }

    [Fact]
    public void Train_OnASmallFile_TakesSimulatedPayments_AndSaysWhy_UnlessDaysAreNamed()
    {
        var path = Write(payments: 90, customers: 20);
        var report = Train(new TrainOptions { DataPath = path, Customers = 100 });
        Assert.Equal("the file is small: 90 payments to fit on, fewer than 100", report.SimulatedBecause);
        Assert.Equal(
            ("simulator", "default", report.SimulatedBecause),
            (report.Model.Provenance["data"], report.Model.Provenance["choice"], report.Model.Provenance["simulatedBecause"]));
        Assert.True(report.Payments > 1_000);
        var asked = Assert.Throws<ArgumentException>(() => Train(new TrainOptions { DataPath = path, Train = report.FileDays }));
        Assert.Contains("90 training rows; allowed: 100 or more", asked.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_OnAFileWithAPast_TakesTheFile()
    {
        var report = Train(new TrainOptions { DataPath = Write(payments: 1_500, customers: 40) });
        Assert.Null(report.SimulatedBecause);
        Assert.Equal(report.FileDays, report.Days);
        Assert.InRange(report.Payments, 300, 1_200);
        Assert.False(report.Model.Provenance.ContainsKey("simulatedBecause"));
    }

    private static BundleTrainingReport Train(TrainOptions options) =>
        new BundleTraining(options, TimeProvider.System).Run(new Progress<TrainingProgress>());

    private string Write(int payments, int customers)
    {
        var path = Path.Combine(_folder, "days.csv");
        using var writer = new CsvTransactionWriter(path);
        var simulator = new TransactionSimulator(new SimulationOptions { Customers = customers });
        foreach (var payment in simulator.Stream(Days.First, 60).Take(payments))
        {
            writer.Write(payment);
        }

        return path;
    }
}
