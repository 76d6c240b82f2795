using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Bundles;
using Aegis.Training.Generating;
using Aegis.Training.Sources;

namespace Aegis.Tests.Training.Generating;

public sealed class GenerationTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_OfAWorld_WritesItsPaymentsAndCountsThem()
    {
        var options = Options(fraudShare: 0.05);
        var report = Generation.Run(options, new Progress<TrainingProgress>());
        var simulated = new TransactionSimulator(options.Simulation).Stream(options.Start, options.Days).ToList();
        Assert.Equal(simulated, TransactionSource.Read(options.Path, "native"));
        Assert.Equal((simulated.Count, simulated.Count(payment => payment.Label.IsFraud)), (report.Payments, report.Frauds));
        Assert.Equal(report.Frauds / (double)report.Payments, report.FraudShare);
        Assert.Equal(simulated.Count, report.Rules.Kinds.Sum(report.Rules.CountOf));
    }

    [Fact]
    public void Run_WithoutFrauds_HasAShareOfZero() =>
        Assert.Equal(0, Generation.Run(Options(fraudShare: 0), new Progress<TrainingProgress>()).FraudShare);

    private GenerateOptions Options(double fraudShare) => new(
        Path.Combine(_folder, "data.csv"), new SimulationOptions { Customers = 60, Merchants = 1_000, FraudShare = fraudShare },
        SmallDataset.First, 10);
}
