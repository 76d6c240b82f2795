using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring;
using Aegis.Scoring.Storage;
using Aegis.ServiceDefaults;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Aegis.Tests.Scoring;

/// <summary>The scoring service in this process, on a Redis and in a folder of the caller's.</summary>
internal sealed class ScoringHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScoringHost(WebApplication app)
    {
        _app = app;
        Url = app.Urls.First();
        Http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(Url) };
    }

    public string Url { get; }

    public HttpClient Http { get; }

    public Store Store => Get<Store>();

    /// <param name="small">Its model.</param>
    /// <param name="redis">Its log.</param>
    /// <param name="folder">Laid out as the data folder of <c>./aegis up</c>.</param>
    /// <param name="settings">Further settings, for example <c>Scoring:Instance=b</c>.</param>
    public static Task<ScoringHost> StartAsync(SmallModel small, RedisFixture redis, string folder, params string[] settings) =>
        StartAsync(small, redis, folder, _ => { }, settings);

    /// <inheritdoc cref="StartAsync(SmallModel, RedisFixture, string, string[])"/>
    public static async Task<ScoringHost> StartAsync(
        SmallModel small, RedisFixture redis, string folder, Action<WebApplicationBuilder> configure, params string[] settings)
    {
        var model = Path.Combine(folder, "models", "small.model");
        Directory.CreateDirectory(Path.GetDirectoryName(model)!);
        if (!File.Exists(model))
        {
            await File.WriteAllBytesAsync(model, FraudModelFile.Write(small.Model));
        }

        var builder = WebApplication.CreateBuilder(
        [
            "--urls=http://127.0.0.1:0", $"--ConnectionStrings:redis={redis.ConnectionString}", $"--Streams:ShardCount={SmallModel.Shards}",
            $"--Scoring:StorePath={Path.Combine(folder, "store", "aegis.db")}",
            $"--Scoring:ModelPath={model}", $"--Scoring:TokenKeyPath={Path.Combine(folder, "token.key")}", "--Scoring:RememberedIds=100000",
            "--Scoring:FactsIntervalSeconds=0", "--Logging:LogLevel:Default=Critical",
            .. settings.Select(setting => $"--{setting}"),
        ]);
        builder.AddServiceDefaults("tests");
        builder.AddScoring();
        configure(builder);
        var app = builder.Build();
        app.MapScoring();
        await app.StartAsync();
        return new ScoringHost(app);
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async Task<Statistics> StatisticsAsync() => (await Http.GetFromJsonAsync<Statistics>("/statistics", AegisJson.Options))!;

    /// <summary>What a call sends that has nothing to say but may change something.</summary>
    public static StringContent EmptyJson() => new("", Encoding.UTF8, "application/json");

    /// <summary>Waits for a condition; fails with <paramref name="what"/> where it does not come about.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> condition, string what, int seconds = 20)
    {
        for (var started = TimeProvider.System.GetTimestamp(); !await condition(); await Task.Delay(50))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started).TotalSeconds < seconds, $"Not within {seconds} s: {what}.");
        }
    }

    public Task DecidedAsync(long count) => EventuallyAsync(async () => (await StatisticsAsync()).Decided >= count, $"{count} decided");

    /// <summary>Decides an ordinary payment, as soon as the service is healthy.</summary>
    public async Task<Decision> DecideAsync(string id, string card = "card-1")
    {
        var body = $$"""{"id":"{{id}}","eventTime":"2026-03-01T12:00:00Z","cardToken":"{{card}}","amountMinor":4120,"currency":"EUR","merchantId":"m-1","mcc":"5411","country":"DE","channel":"chip"}""";
        await EventuallyAsync(async () => (await Http.GetAsync("/health")).IsSuccessStatusCode, "healthy");
        using var response = await Http.PostAsync("/decisions", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<Decision>(AegisJson.Options))!;
    }

    /// <summary>The stored decision on a payment, once it is there.</summary>
    public async Task<Decision> FindAsync(string id)
    {
        await EventuallyAsync(async () => (await Http.GetAsync($"/decisions/{id}")).IsSuccessStatusCode, $"decision {id} is found");
        return (await Http.GetFromJsonAsync<Decision>($"/decisions/{id}", AegisJson.Options))!;
    }

    /// <summary>Sends a request that must be refused, and checks the status and a part of what the answer says.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">The path with its query.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="status">The status expected.</param>
    /// <param name="expected">The part of the detail expected.</param>
    /// <param name="type">The body's content type.</param>
    public async Task RefusesAsync(
        string method, string path, string? body, int status, string expected, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, type);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken);
        Assert.Contains(expected, (string?)problem!["detail"], StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

internal static class HttpClientExtensions
{
    /// <summary>The body, whatever the status.</summary>
    public static async Task<string> GetStringAnywayAsync(this HttpClient http, string path)
    {
        using var response = await http.GetAsync(path);
        return await response.Content.ReadAsStringAsync();
    }
}
