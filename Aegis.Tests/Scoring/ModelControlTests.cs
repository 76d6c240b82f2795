using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Detection;
using Aegis.Scoring.Api;
using Aegis.Streams;
using Aegis.Streams.Redis;
using Aegis.Tests.Core;
using Aegis.Tests.Streams;

namespace Aegis.Tests.Scoring;

public sealed class ModelControlTests(SmallModel small, RedisFixture redis) : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    [Fact]
    public async Task PostThresholds_ChangesOutcomesFromTheNextPaymentOn()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        Assert.Equal(DecisionOutcome.Approve, (await DecideAsync(host, "a")).Outcome);
        using var response = await host.Http.PostAsJsonAsync("/thresholds", new Thresholds(0, 0), AegisJson.Options);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(DecisionOutcome.Decline, (await DecideAsync(host, "b")).Outcome);
    }

    [Theory]
    [InlineData("{\"reviewAt\":3}", "declineAt")]
    [InlineData("{\"reviewAt\":3,\"declineAt\":2}", "declineAt is '2'")]
    [InlineData("{\"reviewAt\":-1,\"declineAt\":2}", "reviewAt is '-1'")]
    [InlineData("{\"reviewAt\":\"NaN\",\"declineAt\":2}", "reviewAt is 'NaN'")]
    [InlineData("nonsense", "")]
    public async Task PostThresholds_OfWrongOnes_SaysWhatIsAllowed(string body, string mentions)
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        using var response = await host.Http.PostAsync("/thresholds", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(mentions, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostModels_DecidesByTheNewOneAndStaysInForceOverARestart()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            Assert.Equal("small", (await DecideAsync(host, "a")).ModelVersion);
            using var response = await host.Http.PostAsync("/models", Bytes(FraudModelFile.Write(small.Model with { Version = "posted" })));
            Assert.Equal("posted", (await response.Content.ReadFromJsonAsync<ModelInForce>(AegisJson.Options))!.Version);
            Assert.Equal("posted", (await DecideAsync(host, "b")).ModelVersion);
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            Assert.Equal("posted", (await DecideAsync(host, "c")).ModelVersion);
            Assert.Equal("posted", (await host.StatisticsAsync()).ModelVersion);
        }
    }

    [Fact]
    public async Task PostModels_OfADamagedBundle_IsRefusedAndTheOldOneStays()
    {
        await using var host = await ScoringHost.StartAsync(small, Server, Folder);
        var damaged = FraudModelFile.Write(small.Model with { Version = "damaged" });
        damaged[damaged.Length / 2] ^= 1;
        using var response = await host.Http.PostAsync("/models", Bytes(damaged));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("checksum", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("small", (await DecideAsync(host, "a")).ModelVersion);
    }

    [Fact]
    public async Task Start_WithAnotherBundle_BringsItIntoForceInEveryShardOnce()
    {
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder))
        {
            Assert.Equal("small", (await DecideAsync(host, "a")).ModelVersion);
        }

        await File.WriteAllBytesAsync(Path.Combine(Folder, "models", "small.model"), FraudModelFile.Write(small.Model with { Version = "newer" }));
        for (var start = 0; start < 2; start++)
        {
            await using var host = await ScoringHost.StartAsync(small, Server, Folder);
            await ScoringHost.EventuallyAsync(
                async () => (await host.Http.GetFromJsonAsync<List<Aegis.Scoring.Consumption.ShardReport>>("/shards", AegisJson.Options))!.Count(shard => shard.Model == "newer") == SmallModel.Shards,
                "the new model is in force in every shard");
            Assert.Equal("newer", (await DecideAsync(host, $"b-{start}")).ModelVersion);
        }

        var lengths = await Redis.ExecuteAllAsync([.. Enumerable.Range(0, SmallModel.Shards).Select(shard => new RedisCommand("XLEN", StreamKeys.Log(shard)))], CancellationToken.None);
        Assert.Equal(SmallModel.Shards + 3, lengths.Sum(length => length.Integer));
    }

    private static ByteArrayContent Bytes(byte[] bytes) => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };

    private static async Task<Decision> DecideAsync(ScoringHost host, string id)
    {
        var body = $$"""{"id":"{{id}}","eventTime":"2026-03-01T12:00:00Z","cardToken":"card-1","amountMinor":4120,"currency":"EUR","merchantId":"m-1","mcc":"5411","country":"DE","channel":"chip"}""";
        await ScoringHost.EventuallyAsync(async () => (await host.Http.GetAsync("/health")).IsSuccessStatusCode, "healthy");
        using var response = await host.Http.PostAsync("/decisions", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<Decision>(AegisJson.Options))!;
    }
}
