using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Aegis.AppHost.Supervision;

/// <summary>Prints each change of a resource's state on the console, and the addresses once all are healthy for the first time.</summary>
internal sealed class StatusLines(
    ResourceNotificationService notifications, DistributedApplicationModel model, UpOptions up, IHostApplicationLifetime lifetime,
    Addresses addresses, ReplaySummary replay, TimeProvider time)
{
    private const string Done = "done";
    private const string Producer = "producer";

    private readonly Dictionary<string, string> _states = [];
    private readonly long _started = time.GetTimestamp();
    private bool _isAnnounced;

    /// <summary>Starts watching; stops with the run.</summary>
    public void Watch() => _ = WatchAsync(lifetime.ApplicationStopping);

    private async Task WatchAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping))
            {
                if (change.Resource is ProjectResource or RedisServerResource or ContainerResource or ConnectionStringResource
                    && StateOf(change.Snapshot) is { } state)
                {
                    Say(change.Resource.Name, state);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run ends.
        }
    }

    private void Say(string name, string state)
    {
        if (_states.TryGetValue(name, out var before) && before == state)
        {
            return;
        }

        _states[name] = state;
        Console.WriteLine($"  {time.GetElapsedTime(_started).TotalSeconds,6:N1} s  {name,-10} {state}");
        if (state == Done && name == Producer && up.ReplayFile is not null)
        {
            _ = replay.PrintAsync(name, lifetime.ApplicationStopping);
        }

        if (!_isAnnounced && model.Resources.OfType<ProjectResource>().Where(
            project => !project.HasAnnotationOfType<ExplicitStartupAnnotation>())
            .All(project => _states.GetValueOrDefault(project.Name) is "healthy" or "running" or Done))
        {
            _isAnnounced = true;
            _ = addresses.PrintAsync(lifetime.ApplicationStopping);
        }
    }

    /// <summary>The state in a few words; null if it is not worth a line.</summary>
    private static string? StateOf(CustomResourceSnapshot snapshot) => snapshot.State?.Text switch
    {
        "Running" when snapshot.HealthStatus is null or HealthStatus.Healthy => snapshot.HealthReports.IsEmpty ? "running" : "healthy",
        "Finished" or "Exited" when snapshot.ExitCode is 0 or null => Done,
        "Finished" or "Exited" => $"ended with exit code {snapshot.ExitCode}",
        "FailedToStart" => "failed to start",
        _ => null,
    };
}
