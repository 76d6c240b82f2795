using Aegis.Datasets.Files;
using Aegis.Datasets.Simulation;

namespace Aegis.Tests.EndToEnd;

public sealed class UpReplayTests : IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Up_WithReplay_TrainsOnTheFileAndDecidesAllOfIt()
    {
        var file = Path.Combine(_folder, "payments.csv");
        var count = 0L;
        using (var writer = new CsvTransactionWriter(file))
        {
            foreach (var payment in new TransactionSimulator(new SimulationOptions { Customers = 250, Seed = 5 })
                .Stream(new DateOnly(2025, 3, 1), 20))
            {
                writer.Write(payment);
                count++;
            }
        }

        await using var app = await RunningAegis.StartAsync(
            Path.Combine(_folder, "data"), "--replay", file, "--map", "native", "--rate", "max");
        var statistics = await app.WaitForDecidedAsync(count, TimeSpan.FromSeconds(120));
        Assert.Equal((count, 0L), (statistics.Decided, statistics.DeadLetters));
    }
}
