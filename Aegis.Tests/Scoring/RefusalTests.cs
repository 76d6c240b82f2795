using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aegis.Producer;
using Aegis.Scoring;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aegis.Tests.Scoring;

/// <summary>What happens where the log or the store takes no more.</summary>
public sealed class RefusalTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    public override async ValueTask InitializeAsync()
    {
        await ConfigureAsync("maxmemory", "0");
        await ConfigureAsync("maxmemory-policy", "noeviction");
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await ConfigureAsync("maxmemory", "0");
        await base.DisposeAsync();
    }

    [Fact]
    public async Task Post_WhileDecidingLagsBehindTheLimit_Answers503WithLagAndLimit()
    {
        const int Backlog = 1_500;
        await using var host = await ScoringHost.StartAsync(small, Server, Folder, "Scoring:LagLimitSeconds=1", "Streams:ReadBatch=1");
        await ScoringHost.EventuallyAsync(() => IsHealthyAsync(host), "healthy");
        using (var connection = host.Store.Connect())
        using (connection.BeginTransaction(deferred: false))
        {
            await AppendAsync(Backlog);
            await ScoringHost.EventuallyAsync(async () => (await host.StatisticsAsync()).LagSeconds > 1, "a lag of more than a second");
            foreach (var path in new[] { "/decisions", "/transactions" })
            {
                using var response = await PostAsync(host, path, "late");
                Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
                Assert.NotNull(response.Headers.RetryAfter);
                var detail = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString();
                Assert.Matches("lags [0-9.]+ s behind; nothing more is accepted above 1 s", detail);
            }
        }

        await host.DecidedAsync(Backlog);
        await ScoringHost.EventuallyAsync(
            async () => (await PostAsync(host, "/transactions", "on-time")).StatusCode == HttpStatusCode.Accepted, "accepted again");
        await host.DecidedAsync(Backlog + 1);
    }

    [Fact]
    public async Task Post_WhileRedisIsGone_Answers503InBoundedTime()
    {
        await using var own = new RedisFixture();
        await own.InitializeAsync();
        await using var host = await ScoringHost.StartAsync(small, own, Folder);
        await own.KillAsync();
        var started = TimeProvider.System.GetTimestamp();
        using var response = await PostAsync(host, "/decisions", "nowhere");
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 11);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        await own.RestartAsync();
        await ScoringHost.EventuallyAsync(
            async () => (await PostAsync(host, "/decisions", "back")).StatusCode == HttpStatusCode.OK, "decided again");
    }

    [Fact]
    public async Task Post_WhileRedisIsOutOfMemory_Answers503AndHealthSaysWhy()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await ScoringHost.EventuallyAsync(() => IsHealthyAsync(host), "healthy");
        await ConfigureAsync("maxmemory", "1");
        using var response = await PostAsync(host, "/transactions", "no-room");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("maxmemory", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await ScoringHost.EventuallyAsync(
            async () => (await host.Http.GetStringAnywayAsync("/health"))
            .Contains("maxmemory", StringComparison.Ordinal), "health names maxmemory");
        await ConfigureAsync("maxmemory", "0");
        await ScoringHost.EventuallyAsync(() => IsHealthyAsync(host), "healthy again");
        using var again = await PostAsync(host, "/transactions", "no-room");
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        await host.DecidedAsync(1);
    }

    [Fact]
    public async Task Producer_WhileRedisIsOutOfMemory_WaitsAndLosesNothing()
    {
        var log = new TransactionLog(Redis, SmallModel.Shards);
        await ConfigureAsync("maxmemory", "1");
        var producer = new TransactionProducer(
            log, new ProducerPlan("p", new Pace(Rate: null, Speed: 1_000_000), MaxFrame: 1, BarrierIntervalMs: 0), new ProducerControl(),
            TimeProvider.System, NullLogger<TransactionProducer>.Instance);
        var running = producer.RunAsync(
            Enumerable.Range(0, 1_000).Select(i => new ProducedItem(i + 1, TestTransactions.Valid($"t-{i}"), [])), CancellationToken.None);
        await Task.Delay(700);
        Assert.False(running.IsCompleted, $"it does not wait: {running.Exception?.InnerException}");
        await ConfigureAsync("maxmemory", "0");
        Assert.Equal(1_000, await running.WaitAsync(TimeSpan.FromSeconds(20)));
        var length = await Redis.ExecuteAsync(
            new RedisCommand("XLEN", StreamKeys.LogOf(TestTransactions.Valid(), SmallModel.Shards)), CancellationToken.None);
        Assert.Equal(1_000, (long)length);
        Assert.Equal(1_000, (await log.ProgressAsync("p", CancellationToken.None)).Highest);
    }

    [Fact]
    public async Task PostDecisions_WhileRedisStandsStill_Answers504InTime()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        await ScoringHost.EventuallyAsync(() => IsHealthyAsync(host), "healthy");
        await Redis.ExecuteAsync(new RedisCommand("CLIENT", "PAUSE", 4_500, "ALL"), CancellationToken.None);
        var started = TimeProvider.System.GetTimestamp();
        using var response = await PostAsync(host, "/decisions", "stalled");
        var waited = TimeProvider.System.GetElapsedTime(started);
        Assert.Equal(HttpStatusCode.GatewayTimeout, response.StatusCode);
        Assert.InRange(waited.TotalSeconds, 1.9, 3.5);
        // It was on its way: once Redis goes on, it is decided.
        await host.DecidedAsync(1);
    }

    [Fact]
    public async Task Start_OnARedisThatThrowsEntriesAway_IsRefused()
    {
        await ConfigureAsync("maxmemory", "1000000000");
        await ConfigureAsync("maxmemory-policy", "allkeys-lru");
        var error = await Assert.ThrowsAsync<EvictionException>(() => ScoringHost.StartAsync(small, Server, Folder));
        Assert.Contains("'allkeys-lru'", error.Message, StringComparison.Ordinal);
        await ConfigureAsync("maxmemory", "0");
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
    }

    [Fact]
    public async Task StoreThatRefuses_HoldsTheLineUpSaysWhyAndGoesOn()
    {
        const int Count = 2_000;
        await using var host = await ScoringHost.StartAsync(small, Server, Folder, "Streams:ReadBatch=1");
        await ScoringHost.EventuallyAsync(() => IsHealthyAsync(host), "healthy");
        await ExecuteAsync(
            host, "CREATE TRIGGER full BEFORE INSERT ON decisions BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END");
        await AppendAsync(Count);
        await ScoringHost.EventuallyAsync(
            async () => (await host.Http.GetStringAnywayAsync("/health"))
                .Contains("The store refuses to write: database or disk is full", StringComparison.Ordinal), "health says why");
        await ScoringHost.EventuallyAsync(async () => (await host.StatisticsAsync()).LagSeconds > 1, "reading stands still");
        Assert.Equal(0, (await host.StatisticsAsync()).Decided);
        await ExecuteAsync(host, "DROP TRIGGER full");
        await host.DecidedAsync(Count);
        await ScoringHost.EventuallyAsync(() => IsHealthyAsync(host), "healthy again");
        Assert.True(await host.StatisticsAsync() is { Decided: Count, Duplicates: 0, DeadLetters: 0 });
    }

    private static async Task ExecuteAsync(ScoringHost host, string sql)
    {
        using var connection = host.Store.Connect();
        await connection.ExecuteAsync(sql);
    }

    private static async Task<bool> IsHealthyAsync(ScoringHost host)
    {
        using var response = await host.Http.GetAsync("/health");
        return response.IsSuccessStatusCode;
    }

    private static Task<HttpResponseMessage> PostAsync(ScoringHost host, string path, string id) =>
        host.Http.PostAsync(path, new StringContent(
        $$"""{"id":"{{id}}","eventTime":"2026-03-01T12:00:00Z","cardToken":"card-1","amountMinor":4120,"currency":"EUR","merchantId":"m-1","mcc":"5732","country":"DE","channel":"ecommerce"}""",
        Encoding.UTF8, "application/json"));

    private Task AppendAsync(int count) => new TransactionLog(Redis, SmallModel.Shards).AppendAsync(
        [.. Enumerable.Range(0, count).Select(
            i => new LogMessage([TestTransactions.Valid($"t-{i}", $"card-{i % 100}")], IsHistory: false, TestTransactions.Noon, null))],
            CancellationToken.None);

    private async Task ConfigureAsync(string name, string value) =>
        await Redis.ExecuteAsync(new RedisCommand("CONFIG", "SET", name, value), CancellationToken.None);
}
