using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Maps;
using Aegis.Datasets.Simulation;
using Aegis.Scoring.Storage;
using Aegis.TestRig.Processes;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Scoring;
using Aegis.Tests.Streams;

namespace Aegis.Tests.EndToEnd;

public sealed class ReplayFactsTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    [Fact]
    public async Task ReplayOfAFile_WithItsProducerKilled_StoresTheVectorsThatTrainingComputes()
    {
        var file = Path.Combine(Folder, "payments.csv");
        using (var writer = new CsvTransactionWriter(file))
        {
            foreach (var payment in new TransactionSimulator(new SimulationOptions { Customers = 250, Seed = 5 })
                .Stream(new DateOnly(2025, 3, 1), 30))
            {
                writer.Write(payment);
            }
        }

        var expected = new Dictionary<string, float[]>();
        var offline = new ShardedHistories(CurrencyRates.Default, SmallModel.Shards);
        foreach (var row in new CsvTransactionReader(file, ColumnMap.Load("native"), TimeProvider.System.GetUtcNow(), tokeniser: null)
            .Read(0))
        {
            offline.ExtractAndAdd(row.Transaction!, expected[row.Transaction!.Id] = new float[FeatureSchema.Count]);
        }

        await using var host = await ScoringHost.StartAsync(small, Server, Folder, "Scoring:SnapshotEntries=1000");
        await using (var producer = new KillableProcess(
            "Aegis.Producer", ["replay", "--data", file, "--map", "native", "--rate", $"{expected.Count / 4}", "--run", "r"],
            [$"ConnectionStrings__redis={Server.ConnectionString}", $"Streams__ShardCount={SmallModel.Shards}"], Path.Combine(
                Folder, "producer.log")))
        {
            for (var kill = 1; kill <= 2; kill++)
            {
                await host.DecidedAsync(kill * expected.Count / 4);
                await producer.KillAndRestartAsync();
            }

            await ScoringHost.EventuallyAsync(() => Task.FromResult(producer.HasExited), "all is sent", seconds: 60);
        }

        await host.DecidedAsync(expected.Count);
        var stored = host.Get<DecisionStore>().List(new DecisionQuery { Limit = 1_000_000 }).Decisions;
        Assert.Equal(expected.Count, stored.Count);
        Assert.All(stored, row => Assert.Equal(expected[row.Decision.Transaction.Id], row.Decision.Features));
    }
}
