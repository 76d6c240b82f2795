using System.Net;
using Aegis.Scoring;
using Aegis.Streams.Redis;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using RedisKey = StackExchange.Redis.RedisKey;

namespace Aegis.Tests.Scoring;

public sealed class RehearsalTests(SmallModel small, RedisFixture redis)
    : IClassFixture<SmallModel>, IClassFixture<RedisFixture>, IDisposable
{
    private const string Keys = "aegis:rehearsal:*";

    private readonly string _folder = Repository.TemporaryFolder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Service_IsHealthyOnceItsFirstPaymentsAreRehearsed_AndNothingIsLeftOfThem()
    {
        await using var client = redis.Client();
        // What a rehearsal that was killed left behind.
        await client.ExecuteAsync(
            new RedisCommand("XADD", (RedisKey)"aegis:rehearsal:scoring:aegis:tx:{1}", "*", "x", "not an entry"), CancellationToken.None);
        var left = Directory.CreateDirectory(Path.Combine(_folder, "store", "rehearsal-scoring"));
        await File.WriteAllTextAsync(Path.Combine(left.FullName, "aegis.db"), "not a store");
        await using var host = await ScoringHost.StartAsync(small, redis, _folder, builder => builder.AddRehearsal());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Http.GetAsync("/health")).StatusCode);
        Assert.Contains("The first payments are being rehearsed.", await host.Http.GetStringAnywayAsync("/health"),
            StringComparison.Ordinal);
        await ScoringHost.EventuallyAsync(async () => (await host.Http.GetAsync("/health")).IsSuccessStatusCode, "healthy", seconds: 40);

        await ScoringHost.EventuallyAsync(
            async () => !Directory.Exists(left.FullName)
            && (await client.ExecuteAsync(new RedisCommand("KEYS", Keys), CancellationToken.None)).Items() is [], "nothing is left");
        var statistics = await host.StatisticsAsync();
        Assert.Equal((0, 0, 0), (statistics.Decided, statistics.DeadLetters, statistics.LatencyMs.P99));
        Assert.Equal("healthy-1", (await host.DecideAsync("healthy-1")).Transaction.Id);
    }
}
