using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Aegis.Streams.Volumes;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Microsoft.Extensions.DependencyInjection;

namespace Aegis.Tests.Scoring.Api;

/// <summary>What callers and operators are told while less is free than the reserve.</summary>
public sealed class SpaceRefusalTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private const string Payment = """{"id":"one","eventTime":"2026-03-01T12:00:00Z","cardToken":"card-1","amountMinor":4120,"currency":"EUR","merchantId":"m-1","mcc":"5732","country":"DE","channel":"ecommerce"}""";

    private readonly ScriptedVolumes _volumes = new();

    [Fact]
    public async Task Post_BelowTheReserve_Answers503WithTheVolume_UntilThereIsSpaceAgain()
    {
        _volumes["/"] = 300;
        await using var host = await StartAsync();
        foreach (var path in new[] { "/decisions", "/transactions", "/labels" })
        {
            using var response = await PostAsync(host, path);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter!.Delta);
            var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Equal("Little space is left", problem.GetProperty("title").GetString());
            Assert.StartsWith("The volume /, which holds the store, has 300 MiB free, and the reserve is 512 MiB", problem.GetProperty(
                "detail").GetString(), StringComparison.Ordinal);
        }

        await SaysAsync(host, HttpStatusCode.ServiceUnavailable, "has 300 MiB free, and the reserve is 512 MiB");
        Assert.Contains("has 300 MiB free", Assert.Single((await host.StatisticsAsync()).Volumes).Shortage, StringComparison.Ordinal);
        _volumes["/"] = 1_024;
        await SaysAsync(host, HttpStatusCode.OK, "The volume /, which holds the store, has 1 GiB free.");
        using var accepted = await PostAsync(host, "/decisions");
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        var report = Assert.Single((await host.StatisticsAsync()).Volumes);
        Assert.Equal(("/", "the store", 1L << 30, null, null), (
            report.MountPoint, report.Holds, report.FreeBytes, report.Shortage, report.Warning));
    }

    [Fact]
    public async Task Post_WithoutAReserve_IsAccepted_HoweverLittleIsFree()
    {
        _volumes["/"] = 1;
        await using var host = await StartAsync("Scoring:ReserveMiB=0");
        await SaysAsync(host, HttpStatusCode.OK, "has 1 MiB free");
        using var accepted = await PostAsync(host, "/transactions");
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }

    [Fact]
    public async Task AFaultOfRedis_NamesTheFullVolumeAsItsCause()
    {
        _volumes["/"] = 1;
        await using var own = new RedisFixture();
        await own.InitializeAsync();
        await using var host = await StartAsync(own, "Scoring:ReserveMiB=0");
        await own.KillAsync();
        await SaysAsync(host, HttpStatusCode.ServiceUnavailable, "The volume /, which holds the store, has 1 MiB free.\"},\"");
        using var response = await PostAsync(host, "/transactions");
        Assert.Matches(
            "Redis .* sending it again is safe. The volume /, which holds the store, has 1 MiB free.",
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
        await own.RestartAsync();
    }

    private Task<ScoringHost> StartAsync(params string[] settings) => StartAsync(Server, settings);

    private Task<ScoringHost> StartAsync(RedisFixture server, params string[] settings) => ScoringHost.StartAsync(
        small, server, Folder, builder => builder.Services.AddSingleton<IVolumes>(_volumes), settings);

    private static Task SaysAsync(ScoringHost host, HttpStatusCode status, string words) => ScoringHost.EventuallyAsync(
        async () =>
        {
            using var response = await host.Http.GetAsync("/health");
            return response.StatusCode == status
                && (await response.Content.ReadAsStringAsync()).Contains(words, StringComparison.Ordinal);
        }, $"health answers {status} and says '{words}'");

    private static Task<HttpResponseMessage> PostAsync(ScoringHost host, string path) =>
        host.Http.PostAsync(path, new StringContent(Payment, Encoding.UTF8, "application/json"));
}
