using System.Net;
using System.Text;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Microsoft.Data.Sqlite;

namespace Aegis.Tests.Scoring;

/// <summary>The service on a real volume that is filled up and emptied again.</summary>
public sealed class FullDiskTests(SmallModel small) : IClassFixture<SmallModel>, IAsyncLifetime
{
    private const int Batch = 200;

    private readonly string _folder = Repository.TemporaryFolder();
    private SmallVolume _volume = null!;

    private string Subject => $"The volume {_volume.Path}, which holds";

    public ValueTask InitializeAsync()
    {
        // More than the usual reserve.
        _volume = SmallVolume.Mount(Path.Combine(_folder, "volume"), mebibytes: 1_024);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        _volume?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RedisAndStore_OnAVolumeThatFillsUp_LoseNothing_SayWhy_AndGoOn()
    {
        await using var redis = await StartRedisAsync(Path.Combine(_volume.Path, "redis"));
        await using var host = await ScoringHost.StartAsync(
            small, redis, _volume.Path, $"Scoring:RedisFolder={Path.Combine(_volume.Path, "redis")}");
        await ScoringHost.EventuallyAsync(async () => (await HealthAsync(host)).Status == HttpStatusCode.OK, "healthy");
        await AppendAsync(redis, 0);
        using (var accepted = await PostAsync(host, "before"))
        {
            Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        }

        await host.DecidedAsync(Batch + 1);
        _volume.Fill();
        // Redis ends as soon as anybody writes: the service renews its leases.
        await Assert.ThrowsAnyAsync<RedisException>(() => AppendAsync(redis, 1));
        await HealthSaysAsync(host, "Redis", $"{Subject} the store and the log, has ", " free, and the reserve is 512 MiB");
        using (var refused = await PostAsync(host, "while-full"))
        {
            var problem = await refused.Content.ReadAsStringAsync();
            Assert.True(refused.StatusCode == HttpStatusCode.ServiceUnavailable, problem);
            Assert.Contains("Little space is left", problem, StringComparison.Ordinal);
            Assert.Contains($"{Subject} the store and the log, has ", problem, StringComparison.Ordinal);
        }

        _volume.Empty();
        // As the supervisor of ./aegis up does.
        await redis.KillAsync();
        await redis.RestartAsync();
        await ScoringHost.EventuallyAsync(async () => (await HealthAsync(host)).Status == HttpStatusCode.OK, "healthy again");
        // What was refused is sent again.
        await AppendAsync(redis, 1);
        using (var accepted = await PostAsync(host, "while-full"))
        {
            Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        }

        await host.DecidedAsync((2 * Batch) + 2);
        Assert.True(await host.StatisticsAsync() is { Decided: (2 * Batch) + 2, DeadLetters: 0 });
    }

    [Fact]
    public async Task Store_OnAVolumeThatFillsUp_HoldsTheLineUp_SaysWhy_AndGoesOn()
    {
        const int Batches = 30;
        await using var redis = await StartRedisAsync(Path.Combine(_folder, "redis"));
        await using var host = await ScoringHost.StartAsync(small, redis, _volume.Path);
        await ScoringHost.EventuallyAsync(async () => (await HealthAsync(host)).Status == HttpStatusCode.OK, "healthy");
        _volume.Fill();
        for (var batch = 0; batch < Batches; batch++)
        {
            await AppendAsync(redis, batch);
        }

        await ScoringHost.EventuallyAsync(
            async () => (await HealthAsync(host)).Report.Contains(
                $"The store refuses to write: database or disk is full. {Subject} the store, has", StringComparison.Ordinal),
            "health names the volume");
        Assert.True((await host.StatisticsAsync()).Decided < Batches * Batch);
        // Neither fault hides the other.
        await redis.KillAsync();
        await HealthSaysAsync(host, "The store refuses to write: database or disk is full", "Redis");
        await redis.RestartAsync();
        _volume.Empty();
        await host.DecidedAsync(Batches * Batch);
        Assert.True(await host.StatisticsAsync() is { Decided: Batches * Batch, Duplicates: 0, DeadLetters: 0 });
        await ScoringHost.EventuallyAsync(async () => (await HealthAsync(host)).Status == HttpStatusCode.OK, "healthy again");
    }

    private static async Task<RedisFixture> StartRedisAsync(string folder)
    {
        var redis = new RedisFixture(folder);
        await redis.InitializeAsync();
        return redis;
    }

    private static async Task AppendAsync(RedisFixture redis, int batch)
    {
        await using var client = redis.Client();
        await new TransactionLog(client, SmallModel.Shards).AppendAsync(
            [.. Enumerable.Range(batch * Batch, Batch).Select(
                i => new LogMessage([TestTransactions.Valid($"t-{i}", $"card-{i % 100}")], IsHistory: false, TestTransactions.Noon, null))],
            CancellationToken.None);
    }

    /// <summary>Waits until health is red and says all of these.</summary>
    private static async Task HealthSaysAsync(ScoringHost host, params string[] texts)
    {
        var last = (Status: default(HttpStatusCode), Report: "");
        for (var started = TimeProvider.System.GetTimestamp(); !IsRight(); await Task.Delay(50))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started).TotalSeconds < 20, $"Not within 20 s; health says {last}.");
            last = await HealthAsync(host);
        }

        bool IsRight() => last.Status == HttpStatusCode.ServiceUnavailable
            && texts.All(text => last.Report.Contains(text, StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string Report)> HealthAsync(ScoringHost host)
    {
        using var response = await host.Http.GetAsync("/health");
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static Task<HttpResponseMessage> PostAsync(ScoringHost host, string id) =>
        host.Http.PostAsync("/decisions", new StringContent(
        $$"""{"id":"{{id}}","eventTime":"2026-03-01T12:00:00Z","cardToken":"card-1","amountMinor":4120,"currency":"EUR","merchantId":"m-1","mcc":"5732","country":"DE","channel":"ecommerce"}""",
        Encoding.UTF8, "application/json"));
}
