using System.Net.Http.Json;
using Aegis.AppHost;
using Aegis.AppHost.Supervision;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Servers;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Aegis.Tests.EndToEnd;

/// <summary>The whole application, started from the AppHost as <c>./aegis up</c> does, in a folder of its own.</summary>
internal sealed class RunningAegis : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(120);

    private const int LoggedLines = 60;
    private static readonly string[] Resources = ["redis", "training", "scoring", "producer", "dashboard"];

    private readonly DistributedApplication _app;
    private HttpClient? _producer;

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

    /// <summary>The producer's door; the application has one unless told otherwise.</summary>
    public HttpClient Producer => _producer ??= _app.CreateHttpClient("producer");

    public Uri DashboardUrl { get; }

    public string Log => LogOf(_app);

    public static async Task<RunningAegis> StartAsync(string folder, params string[] args)
    {
        var portBase = Ports.Free(7);
        string[] all = ["--data", folder, "--port-base", $"{portBase}", "--redis", "server", .. args];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<UpOptions>(all);
        var app = await builder.BuildAsync();
        await app.StartAsync();
        try
        {
            await Task.WhenAll(
                app.ResourceNotifications.WaitForResourceHealthyAsync("scoring"), app.ResourceNotifications.WaitForResourceHealthyAsync(
                    "dashboard"))
                .WaitAsync(StartLimit);
        }
        catch (Exception e) when (e is TimeoutException or DistributedApplicationException)
        {
            var log = LogOf(app);
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

    /// <summary>Waits until a resource is healthy. A start that fails is no end: it is tried again after a pause.</summary>
    public async Task WaitForHealthyAsync(string resource)
    {
        try
        {
            await _app.ResourceNotifications.WaitForResourceHealthyAsync(resource, WaitBehavior.WaitOnResourceUnavailable)
                .WaitAsync(StartLimit);
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{resource} is not healthy within {StartLimit}.\n{Log}");
        }
    }

    /// <summary>Gives a command, as the Aspire dashboard does.</summary>
    public Task<ExecuteCommandResult> CommandAsync(string resource, string command) =>
        _app.Services.GetRequiredService<ResourceCommandService>().ExecuteCommandAsync(
            _app.Services.GetRequiredService<DistributedApplicationModel>().Resources.Single(r => r.Name == resource), command);

    /// <summary>Kills the program of a resource; of a project the service itself, not the tool that started it.</summary>
    public async Task KillAsync(string resource)
    {
        var running = await _app.ResourceNotifications.WaitForResourceAsync(
            resource, change => change.Snapshot.State?.Text == KnownResourceStates.Running);
        var started = Convert.ToInt32(
            running.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value,
            System.Globalization.CultureInfo.InvariantCulture);
        System.Diagnostics.Process.GetProcessById(ProcessTree.LastOf(started)).Kill();
    }

    private static string LogOf(DistributedApplication app)
    {
        var tail = app.Services.GetRequiredService<ResourceTail>();
        return string.Join('\n', Resources.SelectMany(resource => tail.Of(resource, LoggedLines).Select(line => $"[{resource}] {line}")));
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Scoring.Dispose();
        _producer?.Dispose();
        await _app.DisposeAsync();
    }
}
