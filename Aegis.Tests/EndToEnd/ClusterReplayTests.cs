using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Aegis.TestRig;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Servers;
using Aegis.Tests.Producer;
using Aegis.Tests.Scoring;
using Aegis.Tests.Streams;

namespace Aegis.Tests.EndToEnd;

public sealed class ClusterReplayTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private const int Shards = 16;
    private const int Count = 12_000;

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public async Task ReplayOntoACluster_KilledAndStartedAgain_AppendsEachOnceInOrder(int frame)
    {
        var folder = Repository.TemporaryFolder();
        try
        {
            var payments = Enumerable.Range(0, Count).Select(
                i => TestTransactions.Valid($"{frame}-{i}", $"card-{frame}-{i % 500}", TestTransactions.Noon.AddDays(-200).AddSeconds(i)))
                .ToList();
            var file = Path.Combine(folder, "payments.csv");
            Write(file, payments);
            await using var client = PrivateRedis.Connect(cluster.Connection, timeoutSeconds: 10);
            await using (var producer = new KillableProcess(
                "Aegis.Producer", ["replay", "--data", file, "--map", "native", "--rate", "2000", "--frame", $"{frame}", "--run", "r"],
                [$"ConnectionStrings__redis={cluster.Connection}"], Path.Combine(folder, "log")))
            {
                for (var kill = 1; kill <= 3; kill++)
                {
                    await ScoringHost.EventuallyAsync(
                        async () => (await OwnAsync(client, frame))
                        .Sum(shard => WholeLog.Ids(shard).Count()) >= kill * Count / 10, $"{kill} tenths are sent", seconds: 60);
                    Assert.False(producer.HasExited, "it is killed midway");
                    await producer.KillAndRestartAsync();
                }

                await ScoringHost.EventuallyAsync(() => Task.FromResult(producer.HasExited), "all is sent", seconds: 60);
            }

            var log = await OwnAsync(client, frame);
            for (var shard = 0; shard < Shards; shard++)
            {
                Assert.Equal(payments.Where(payment => StableHash.ShardOf(payment.CardToken, Shards) == shard)
                    .Select(payment => payment.Id), WholeLog.Ids(log[shard]));
            }

            var entries = log.Sum(shard => shard.Count);
            Assert.True(frame == 1 ? entries == Count : entries < Count, $"{entries} entries");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The entries of one test, by shard.</summary>
    private static async Task<List<LogMessage>[]> OwnAsync(RedisClient client, int frame) =>
        [.. (await WholeLog.ReadAsync(client, Shards))
            .Select(shard => shard.Where(entry => entry.Transactions[0].Id.StartsWith($"{frame}-", StringComparison.Ordinal)).ToList())];

    private static void Write(string file, IEnumerable<Transaction> payments)
    {
        using var writer = new CsvTransactionWriter(file);
        foreach (var payment in payments)
        {
            writer.Write(new LabelledTransaction(payment, default));
        }
    }
}
