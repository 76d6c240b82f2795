using System.Runtime.InteropServices;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;

namespace Aspire.Hosting;

/// <summary>An application of processes on this machine.</summary>
public sealed class DistributedApplication : IAsyncDisposable
{
    private readonly DistributedApplicationBuilder _builder;
    private readonly AspireDashboard? _dashboard;
    private readonly ResourceLog _log;
    private readonly HttpClient _http;
    private readonly List<ResourceRunner> _runners = [];
    private readonly TaskCompletionSource _stopRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _running = Task.CompletedTask;
    private bool _isStopped;

    internal DistributedApplication(DistributedApplicationBuilder builder)
    {
        _builder = builder;
        _log = new ResourceLog(isQuiet: builder.IsUnderTest);
        _dashboard = builder.IsUnderTest ? null : AspireDashboard.Find(builder.AppHostDirectory, builder.Configuration);
        // Health checks talk to this machine only; there is no factory to take a client from in an AppHost.
#pragma warning disable RS0030
        _http = new HttpClient();
#pragma warning restore RS0030
        foreach (var resource in builder.Resources)
        {
            for (var replica = 0; replica < resource.Replicas; replica++)
            {
                _runners.Add(new ResourceRunner(resource, replica, builder, _dashboard?.OtlpEndpoint, _log, _http));
            }
        }

        ResourceNotifications = new ResourceNotificationService(_runners);
    }

    /// <summary>Tells how resources are.</summary>
    public ResourceNotificationService ResourceNotifications { get; }

    internal IReadOnlyList<ResourceRunner> Runners => _runners;

    /// <summary>The last lines that resources wrote.</summary>
    internal string RecentLog => _log.Recent;

    /// <summary>Begins an application.</summary>
    public static IDistributedApplicationBuilder CreateBuilder(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        return new DistributedApplicationBuilder(args);
    }

    /// <summary>Starts the resources, each when what it waits for is ready.</summary>
    /// <exception cref="DistributedApplicationException">A port is taken.</exception>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        RefuseTakenPorts();
        if (_dashboard is not null)
        {
            await _dashboard.StartAsync(_log);
        }

        _running = Task.WhenAll(_runners.Select(runner => runner.RunAsync(RunnersOf)));
    }

    /// <summary>Stops the resources, last first, and waits until every process has ended.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        foreach (var runner in InStopOrder())
        {
            await runner.StopAsync();
        }

        await _running;
        if (_dashboard is not null)
        {
            await _dashboard.StopAsync();
        }
    }

    /// <summary>Runs in the foreground until Ctrl-C, SIGTERM, or a resource that others wait for fails.</summary>
    public void Run() => RunAsync().GetAwaiter().GetResult();

    /// <inheritdoc cref="Run"/>
    public async Task RunAsync(CancellationToken cancellationToken = default)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, RequestStop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, RequestStop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, RequestStop);
        Exception? failure = null;
        try
        {
            await StartAsync(cancellationToken);
            failure = await WatchAsync();
        }
        finally
        {
            await StopAsync(CancellationToken.None);
        }

        if (failure is not null)
        {
            throw failure;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _runners.ForEach(runner => runner.Dispose());
        _http.Dispose();
    }

    private void RequestStop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stopRequested.TrySetResult();
    }

    /// <summary>Prints the addresses once all is healthy, then waits for the end; returns what failed.</summary>
    private async Task<Exception?> WatchAsync()
    {
        var allHealthy = Task.WhenAll(_runners.Where(r => r.Resource.Endpoints.Count > 0).Select(r => r.Healthy));
        var failed = Task.WhenAny(_runners.Select(async runner =>
        {
            try
            {
                await runner.Ended;
            }
            catch (DistributedApplicationException)
            {
                return;
            }

            await Task.Delay(Timeout.Infinite);
        }));
        if (await Task.WhenAny(allHealthy, failed, _stopRequested.Task) == allHealthy && allHealthy.IsCompletedSuccessfully)
        {
            PrintAddresses();
        }

        await Task.WhenAny(failed, _stopRequested.Task);
        return _runners.Select(r => r.Ended).FirstOrDefault(ended => ended.IsFaulted)?.Exception?.InnerException;
    }

    private void PrintAddresses()
    {
        var rows = _runners.SelectMany(runner => runner.Resource.Endpoints.Where(e => e.IsExternal).Select(e => (runner.Name, Url: $"http://localhost:{e.Port}"))).ToList();
        if (_dashboard is not null)
        {
            rows.Add(("aspire dashboard", _dashboard.Url));
        }

        rows.AddRange(_runners.Where(r => r.Resource is RedisResource).Select(r => (r.Name, $"localhost:{((RedisResource)r.Resource).Port}")));
        var width = rows.Max(row => row.Name.Length);
        Console.WriteLine();
        Console.WriteLine("Everything is healthy. Ctrl-C stops it.");
        foreach (var (name, url) in rows)
        {
            Console.WriteLine($"  {name.PadRight(width)}  {url}");
        }

        Console.WriteLine();
    }

    private void RefuseTakenPorts()
    {
        var wanted = _runners.SelectMany(r => r.Resource.Endpoints.Select(e => (r.Name, Port: e.Port))).Concat((_dashboard?.Ports ?? []).Select(port => (Name: "aspire dashboard", Port: port)));
        var taken = wanted.Select(w => (w.Name, w.Port, Holder: PortHolder.Find(w.Port))).Where(w => w.Holder is not null).ToList();
        if (taken.Count > 0)
        {
            throw new DistributedApplicationException(
                string.Join(" ", taken.Select(t => $"Port {t.Port} for '{t.Name}' is taken by {t.Holder}.")) + " Stop it, or move all ports with --port-base.");
        }
    }

    private IReadOnlyList<ResourceRunner> RunnersOf(ProcessResource resource) => [.. _runners.Where(r => r.Resource == resource)];

    /// <summary>Whoever waits for another is stopped before it.</summary>
    private IEnumerable<ResourceRunner> InStopOrder()
    {
        var remaining = _runners.ToList();
        while (remaining.Count > 0)
        {
            var next = remaining.FindLast(r => !remaining.Any(other => other.Resource.Waits.Any(w => w.Resource == r.Resource)))
                ?? throw new DistributedApplicationException("Resources wait for each other in a circle.");
            remaining.Remove(next);
            yield return next;
        }
    }
}
