using System.Net.Http.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class FactFlowTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const long Hour = ShardedHistories.FactIntervalMs;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private TransactionLog Log => new(Redis, SmallModel.Shards);

    [Fact]
    public async Task TwoServices_OverBarriers_StoreTheVectorsOfAnOfflineRun()
    {
        var offline = new ShardedHistories(CurrencyRates.Default, SmallModel.Shards);
        var expected = new Dictionary<string, float[]>();
        await using var a = await ScoringHost.StartAsync(small, Server, Folder, "Scoring:Instance=a", "Scoring:SnapshotEntries=1000");
        var payments = new TransactionSimulator(new SimulationOptions { Customers = 200, Seed = 9 }).Stream(new DateOnly(2025, 5, 1), 20)
            .Select(p => p.Transaction).ToList();
        var last = 0L;
        foreach (var (index, payment) in payments.Index())
        {
            var barrier = FactBarrier.At(payment.EventTime.ToUnixTimeMilliseconds(), Hour);
            if (barrier.IntervalEndMs > last)
            {
                last = barrier.IntervalEndMs;
                await Log.AppendControlAsync(ControlEntry.Of(barrier), Cancel);
            }

            await Log.AppendAsync(new LogMessage([payment], IsHistory: false, TestTransactions.Noon, null), Cancel);
            offline.ExtractAndAdd(payment, expected[payment.Id] = new float[FeatureSchema.Count]);
            if (index == payments.Count / 3)
            {
                // A second process takes half of the shards over, in the middle of an interval.
                await using var b = await ScoringHost.StartAsync(
                    small, Server, Folder, "Scoring:Instance=b", "Scoring:SnapshotEntries=1000");
                await ScoringHost.EventuallyAsync(
                    async () => (await ShardsAsync(b)).Count == SmallModel.Shards / 2, "the shards are shared");
            }
        }

        await a.DecidedAsync(payments.Count);
        var stored = a.Get<DecisionStore>().List(new DecisionQuery { Limit = 1_000_000 }).Decisions.Select(s => s.Decision)
            .ToList();
        Assert.Equal(expected.Count, stored.Count);
        Assert.All(stored, decision => Assert.Equal(expected[decision.Transaction.Id], decision.Features));
        Assert.True(stored.Select(decision => decision.Features[(int)Feature.MerchantBurst]).Distinct().Count() > 100);
        Assert.Equal(FactBarrier.At(payments[^1].EventTime.ToUnixTimeMilliseconds(), Hour).ReadsMs, (
            await a.Http.GetFromJsonAsync<Decision>(
                $"/decisions/{payments[^1].Id}", AegisJson.Options))!.FactsVersion!.Value.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task Shard_ThatWaitsForAnother_HoldsUpNoOtherAndGoesOnOnceItHasCome()
    {
        const int Waiting = 3_000, Ahead = 1;
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var start = TestTransactions.Noon.ToUnixTimeMilliseconds();
        await Log.AppendControlAsync(ControlEntry.Of(new FactBarrier(start, start - Hour)), Cancel);
        FactBarrier[] later = [new(start + Hour, start), new(start + (2 * Hour), start + Hour)];
        foreach (var barrier in later)
        {
            await Redis.ExecuteAsync(
                new RedisCommand("XADD", StreamKeys.Log(Ahead), "*", ControlEntry.Field, ControlEntry.Of(barrier).ToJson()), Cancel);
        }

        foreach (var part in Enumerable.Range(0, Waiting).Chunk(300))
        {
            await Log.AppendAsync([.. part.Select(i => Message($"w-{i}", ShardHarness.CardsOf(Ahead).ElementAt(i % 20)))], Cancel);
        }

        var others = Enumerable.Range(0, SmallModel.Shards).Where(shard => shard != Ahead)
            .Select(shard => Message($"o-{shard}", ShardHarness.CardsOf(shard).First())).ToList();
        await Log.AppendAsync(others, Cancel);
        await host.DecidedAsync(others.Count);
        // Longer than anything else would take.
        await Task.Delay(1_000, Cancel);
        Assert.Equal(others.Count, (await host.StatisticsAsync()).Decided);
        Assert.Equal([Ahead], (await ShardsAsync(host)).Where(shard => shard.IsWaiting).Select(shard => shard.Shard));

        foreach (var barrier in later)
        {
            await Log.AppendControlAsync(ControlEntry.Of(barrier), Cancel);
        }

        await host.DecidedAsync(others.Count + Waiting);
        Assert.DoesNotContain(await ShardsAsync(host), shard => shard.IsWaiting);
    }

    [Fact]
    public async Task Clock_AppendsBarriersInEveryShard_WhereItIsSetTo()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder, "Scoring:FactsIntervalSeconds=1");
        // Payments of long ago meet barriers of today.
        for (var i = 0; i < 4; i++)
        {
            await Log.AppendAsync(Message($"c-{i}", "card-1"), Cancel);
            await host.DecidedAsync(i + 1);
            await Task.Delay(1_000, Cancel);
        }

        await ScoringHost.EventuallyAsync(
            async () => (await ShardsAsync(host)) is var shards
            && shards.All(shard => shard.FactsVersion is { Millisecond: 0 } && !shard.IsWaiting), "all read facts");
        Assert.NotNull((await host.Http.GetFromJsonAsync<Decision>("/decisions/c-3", AegisJson.Options))!.FactsVersion);
    }

    private static LogMessage Message(string id, string card) =>
        new([TestTransactions.Valid(id, card)], IsHistory: false, TestTransactions.Noon, null);

    private static async Task<List<ShardReport>> ShardsAsync(ScoringHost host) =>
        (await host.Http.GetFromJsonAsync<List<ShardReport>>("/shards", AegisJson.Options))!;
}
