using Aegis.Streams.Redis;
using Aegis.TestRig;
using Aegis.TestRig.Audits;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Traffic;
using Aegis.Tests.Streams;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aegis.Tests.EndToEnd;

public sealed class ClusterScoringTests(ClusterFixture cluster) : IClassFixture<ClusterFixture>
{
    private const ulong Seed = 20_260_304;

    [Fact]
    public async Task KillOfAClusterMasterUnderLoad_EveryConfirmedTransactionIsDecidedOnce()
    {
        var folder = Repository.TemporaryFolder();
        try
        {
            var model = await Models.TrainAsync(folder, Seed);
            await using var scoring = new ScoringProcess(
                cluster.Connection, Path.Combine(folder, "scoring"), model, "scoring", "Streams__ConfirmReplicas=1",
                "Scoring__TrimLog=false");
            await scoring.HealthyAsync(TimeSpan.FromMinutes(1));
            var callers = new Callers([scoring], Seed);
            using var stopping = new CancellationTokenSource();
            var calling = callers.RunAsync(count: 4, stopping.Token);
            await AnswersAsync(callers, atLeast: 300);

            var victim = await cluster.MasterOfAsync(await cluster.SlotOfAsync("aegis:tx:{0}"));
            await cluster.KillAsync(victim);
            await Task.Delay(TimeSpan.FromSeconds(6));
            // Its shards' appends are confirmed again once the promoted node has a replica.
            cluster.Restart(victim);
            await cluster.WaitUntilHealthyAsync();
            await AnswersAsync(callers, callers.Answers.Count + 300);
            await stopping.CancelAsync();
            await calling.WaitAsync(TimeSpan.FromSeconds(60));

            await using var client = new RedisClient(RedisSettings.Parse(cluster.Connection, TimeSpan.FromSeconds(10)));
            await Chaos.DrainedAsync(client, [scoring]);
            await scoring.Process.StopAsync();
            var store = Path.Combine(folder, "scoring", "aegis.db");
            var audit = await StoreAudit.RunAsync(client, store, Chaos.ShardCount, [.. callers.Answers.Keys]);
            Assert.True(audit is { Lost: 0, Duplicated: 0, DeadLetters: 0 }
                && audit.Decided >= callers.Answers.Count, $"seed {Seed}: {audit}");
            Assert.Equal(0, StoreAudit.WrongAnswers(store, callers.Answers));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task AnswersAsync(Callers callers, int atLeast)
    {
        for (var tries = 0; callers.Answers.Count < atLeast; tries++)
        {
            Assert.True(tries < 600, $"{callers.Answers.Count} of {atLeast} answers within 60 s");
            await Task.Delay(100);
        }
    }
}
