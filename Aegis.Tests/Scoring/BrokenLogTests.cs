using System.Net;
using System.Text;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Scoring;
using Aegis.Streams;
using Aegis.Streams.Redis;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;

namespace Aegis.Tests.Scoring;

/// <summary>A log that was cut or replaced, a store that is not the log's, a store that was moved away: each is noticed, and nothing
/// is decided from histories that lack payments.</summary>
public sealed class BrokenLogTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const int Payments = 12;
    private static readonly int Shard = StableHash.ShardOf(StableHash.Hash64("card-1"), SmallModel.Shards);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ALogThatIsEmptiedWhileItRuns_TurnsHealthRed_UntilItIsRebuilt()
    {
        await using var host = await StartAsync(Folder);
        await DecideAllAsync(host);
        await RunAsync(new RedisCommand("FLUSHALL"));
        await UnhealthyAsync(host, "was emptied or replaced");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(host, "refused"));

        using var client = AegisClient.At(host.Http.BaseAddress!);
        var rebuilt = await client.RebuildLogAsync(Cancel);
        Assert.Equal(Payments, Assert.Single(rebuilt.Shards, shard => shard.Payments > 0).Payments);
        Assert.NotEmpty(rebuilt.NotRebuilt);
        await HasHistoryAsync(host, "after");
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, "p-3"));
    }

    [Fact]
    public async Task ALogWithoutOneOfItsStreams_IsNotReadOn_AfterARestart()
    {
        await using (var host = await StartAsync(Folder))
        {
            await DecideAllAsync(host);
        }

        await RunAsync(new RedisCommand("DEL", StreamKeys.Log(Shard)));
        await AppendForeignAsync();
        await using var again = await StartAsync(Folder);
        await UnhealthyAsync(again, "was emptied or replaced");
        using var client = AegisClient.At(again.Http.BaseAddress!);
        Assert.Equal(Shard, Assert.Single((await client.RebuildLogAsync(Cancel)).Shards).Shard);
        await HasHistoryAsync(again, "after");
    }

    [Fact]
    public async Task ALogThatIsAnOlderStateOfItself_IsNotReadOn()
    {
        await using (var host = await StartAsync(Folder))
        {
            await DecideAllAsync(host);
        }

        // Its first entries alone, and newer ones after them, as after a restored append-only file.
        var entries = (await RunAsync(new RedisCommand("XRANGE", StreamKeys.Log(Shard), "-", "+"))).Items().SkipLast(2).ToList();
        await RunAsync(new RedisCommand("DEL", StreamKeys.Log(Shard)));
        foreach (var entry in entries)
        {
            object[] fields = [.. entry.Items().Last().Items().Select(field => (object)field.Bytes().ToArray())];
            await RunAsync(new RedisCommand("XADD", [StreamKeys.Log(Shard), entry.Items().First().Text(), .. fields]));
        }

        await AppendForeignAsync();
        await using var again = await StartAsync(Folder);
        await UnhealthyAsync(again, "does not hold that entry any more");
    }

    [Fact]
    public async Task AStoreThatIsNotTheLogs_TakesNoShard_AndTheOtherGoesOn()
    {
        await using var host = await StartAsync(Folder);
        await DecideAllAsync(host);
        var other = Directory.CreateDirectory(Path.Combine(Folder, "other")).FullName;
        await using (var second = await StartAsync(other, "Scoring:Instance=second"))
        {
            await UnhealthyAsync(second, "belongs to another store");
            for (var i = 0; i < 40; i++)
            {
                Assert.Equal(HttpStatusCode.OK, await PostAsync(host, $"other-{i}", $"card-{i}"));
            }
        }

        await HasHistoryAsync(host, "after");
    }

    [Fact]
    public async Task AStoreThatIsMovedAway_EndsTheService()
    {
        await using var host = await StartAsync(Folder);
        await DecideAllAsync(host);
        File.Move(Path.Combine(Folder, "store", "aegis.db"), Path.Combine(Folder, "moved.db"));
        var stopping = new TaskCompletionSource();
        host.Get<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        await stopping.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        Assert.Equal(RunEnding.Failure, host.Get<RunEnding>().ExitCode);
    }

    /// <summary>Redis takes ids up to 2^64 - 1. One of them ends its own shard, which health names; the others go on.</summary>
    [Fact]
    public async Task AnIdBeyondEveryPosition_StopsItsShardAlone_UntilItIsDeleted()
    {
        const string Forged = "18446744073709551615-1";
        var other = (Shard + 1) % SmallModel.Shards;
        await using var host = await StartAsync(Folder);
        await DecideAllAsync(host);
        await RunAsync(new RedisCommand("XADD", StreamKeys.Log(other), Forged, "json", "{}"));
        await UnhealthyAsync(host, $"The log of shard {other} holds the id {Forged}");
        await AppendForeignAsync();
        await host.FindAsync("foreign");

        await RunAsync(new RedisCommand("XDEL", StreamKeys.Log(other), Forged));
        await RunAsync(new RedisCommand("XSETID", StreamKeys.Log(other), "0-0", "ENTRIESADDED", 0, "MAXDELETEDID", "0-0"));
        await HasHistoryAsync(host, "after", Payments + 1);
    }

    /// <summary>What was rebuilt is what the next start reads.</summary>
    [Fact]
    public async Task ARebuiltLog_IsReadOnAfterARestart_AndWhenItIsLostAgain()
    {
        await using (var host = await StartAsync(Folder))
        {
            await DecideAllAsync(host);
            for (var round = 0; round < 2; round++)
            {
                await RunAsync(new RedisCommand("FLUSHALL"));
                await UnhealthyAsync(host, "was emptied or replaced");
                using var client = AegisClient.At(host.Http.BaseAddress!);
                await client.RebuildLogAsync(Cancel);
                await host.DecideAsync($"round-{round}");
            }

            await host.FindAsync("round-1");
        }

        await using var again = await StartAsync(Folder);
        await HasHistoryAsync(again, "after", Payments + 2);
    }

    /// <summary>The vector of the next payment is the one that a run without a loss computes, verdicts and exchange rates
    /// included.</summary>
    [Fact]
    public async Task RebuiltHistories_AreThoseOfARunThatLostNothing()
    {
        var lost = await ProbeAsync(Path.Combine(Folder, "lost"), isLost: true);
        await RunAsync(new RedisCommand("FLUSHALL"));
        Assert.Equal(await ProbeAsync(Path.Combine(Folder, "kept"), isLost: false), lost);
        Assert.True(lost[(int)Feature.SinceFraudLog] < MathF.Log(300));
    }

    private async Task<float[]> ProbeAsync(string folder, bool isLost)
    {
        await using var host = await StartAsync(folder);
        await DecideAllAsync(host);
        using var client = AegisClient.At(host.Http.BaseAddress!);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, "dollars", currency: "USD"));
        await client.UseRatesAsync(new RateTable("weak", "EUR", new Dictionary<string, double> { ["USD"] = 113_000 }), Cancel);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(host, "weak-dollars", currency: "USD"));
        await client.LabelAsync(new LabelRequest("p-3", IsFraud: true, TestTransactions.Noon.AddHours(1)), Cancel);
        await ScoringHost.EventuallyAsync(
            async () => (await client.FindDecisionAsync("p-3", Cancel))!.Verdicts?.Count > 0, "the verdict is stored");
        if (isLost)
        {
            await RunAsync(new RedisCommand("FLUSHALL"));
            await UnhealthyAsync(host, "was emptied or replaced");
            await client.RebuildLogAsync(Cancel);
        }

        var probe = await host.DecideAsync("probe");
        Assert.Equal("weak", probe.RatesVersion);
        return probe.Features;
    }

    [Fact]
    public async Task ALogThatIsWhole_IsNotRebuilt()
    {
        await using var host = await StartAsync(Folder);
        await DecideAllAsync(host);
        using var client = AegisClient.At(host.Http.BaseAddress!);
        var refused = await Assert.ThrowsAsync<AegisRefusedException>(() => client.RebuildLogAsync(Cancel));
        Assert.Equal(409, refused.Status);
    }

    private Task<ScoringHost> StartAsync(string folder, params string[] settings) =>
        ScoringHost.StartAsync(small, Server, folder, ["Streams:LeaseMs=1500", .. settings]);

    private async Task<StackExchange.Redis.RedisResult> RunAsync(RedisCommand command) => await Redis.ExecuteAsync(command, Cancel);

    /// <summary>An entry that some producer appends, of the card that the store knows.</summary>
    private async Task AppendForeignAsync() => await RunAsync(new RedisCommand(
        "XADD", StreamKeys.Log(Shard), "*", "json", Encoding.UTF8.GetBytes(Body("foreign", "card-1"))));

    private static async Task DecideAllAsync(ScoringHost host)
    {
        for (var i = 0; i < Payments; i++)
        {
            await host.DecideAsync($"p-{i}");
        }

        await host.FindAsync($"p-{Payments - 1}");
    }

    /// <summary>The next decision knows all that the card paid.</summary>
    private static async Task HasHistoryAsync(ScoringHost host, string id, int payments = Payments)
    {
        var decision = await host.DecideAsync(id);
        Assert.True(
            decision.Features[(int)Feature.CardAge] >= MathF.Log(1 + payments) - 1e-5f,
            $"ln(1 + payments) is {decision.Features[(int)Feature.CardAge]}");
    }

    private static Task UnhealthyAsync(ScoringHost host, string cause) => ScoringHost.EventuallyAsync(
        async () => (await host.Http.GetStringAnywayAsync("/health")).Contains(cause, StringComparison.Ordinal),
        $"unhealthy because it {cause}");

    private static async Task<HttpStatusCode> PostAsync(
        ScoringHost host, string id, string card = "card-1", string currency = "EUR")
    {
        using var response = await host.Http.PostAsync(
            "/decisions", new StringContent(Body(id, card, currency), Encoding.UTF8, "application/json"), Cancel);
        return response.StatusCode;
    }

    private static string Body(string id, string card, string currency = "EUR") => $$"""{"id":"{{id}}","eventTime":"2026-03-01T12:00:00Z","cardToken":"{{card}}","amountMinor":4120,"currency":"{{currency}}","merchantId":"m-1","mcc":"5411","country":"DE","channel":"chip"}""";
}
