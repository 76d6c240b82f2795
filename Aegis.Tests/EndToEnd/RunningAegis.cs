using System.Net.Http.Json;
using Aegis.Benchmarks.EndToEnd;
using Aegis.AppHost;
using Aegis.Streams;
using Aspire.Hosting;
using Aspire.Hosting.Testing;

namespace Aegis.Tests.EndToEnd;

/// <summary>The whole application, started from the AppHost as <c>./aegis up</c> does, in a folder of its own.</summary>
internal sealed class RunningAegis : IAsyncDisposable
{
    private readonly DistributedApplication _app;

    private RunningAegis(DistributedApplication app, string folder, int portBase)
    {
        _app = app;
        Folder = folder;
        PortBase = portBase;
        Scoring = app.CreateHttpClient("scoring");
        DashboardUrl = app.CreateHttpClient("dashboard").BaseAddress!;
    }

    public string Folder { get; }

    public int PortBase { get; }

    public HttpClient Scoring { get; }

    public Uri DashboardUrl { get; }

    public string Log => _app.RecentLog;

    public static async Task<RunningAegis> StartAsync(string folder, params string[] args)
    {
        var portBase = Ports.Free(6);
        string[] all = ["--data", folder, "--port-base", $"{portBase}", .. args];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<UpOptions>(all);
        var app = await builder.BuildAsync();
        await app.StartAsync();
        try
        {
            await Task.WhenAll(
                app.ResourceNotifications.WaitForResourceHealthyAsync("scoring"), app.ResourceNotifications.WaitForResourceHealthyAsync("dashboard"))
                .WaitAsync(TimeSpan.FromSeconds(90));
        }
        catch (Exception e) when (e is TimeoutException or DistributedApplicationException)
        {
            var log = app.RecentLog;
            await app.DisposeAsync();
            throw new InvalidOperationException($"{e.Message}\n{log}", e);
        }

        return new RunningAegis(app, folder, portBase);
    }

    public async Task<Statistics> StatisticsAsync() => (await Scoring.GetFromJsonAsync<Statistics>("/statistics", AegisJson.Options))!;

    /// <summary>Waits until so many are decided.</summary>
    public async Task<Statistics> WaitForDecidedAsync(long count, TimeSpan limit)
    {
        var deadline = TimeProvider.System.GetUtcNow() + limit;
        while (true)
        {
            try
            {
                var statistics = await StatisticsAsync();
                if (statistics.Decided >= count)
                {
                    return statistics;
                }
            }
            catch (HttpRequestException)
            {
                // The service is being restarted.
            }

            Assert.True(TimeProvider.System.GetUtcNow() < deadline, $"Fewer than {count} decided within {limit}.\n{Log}");
            await Task.Delay(100);
        }
    }

    /// <summary>The process id of a resource.</summary>
    public int ProcessIdOf(string resource) => _app.Runners.Single(r => r.Resource.Name == resource).ProcessId!.Value;

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Scoring.Dispose();
        await _app.DisposeAsync();
    }
}
