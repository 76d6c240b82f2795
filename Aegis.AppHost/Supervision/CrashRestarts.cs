using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aegis.AppHost.Supervision;

/// <summary>
/// Watches for crashes, and has crashed resources started again. A program of ours that refuses to start prints why and
/// ends with exit code 1: such a resource is not restarted.
/// </summary>
internal sealed class CrashRestarts(
    ResourceNotificationService notifications, Restarter restarter, StartRefusals refusals, IHostApplicationLifetime lifetime)
{
    // Resources whose end has been handled: Aspire reports an end more than once before the next start.
    private readonly HashSet<string> _ended = [];

    /// <summary>Starts watching; stops with the run.</summary>
    public void Watch() => _ = WatchAsync(lifetime.ApplicationStopping);

    private async Task WatchAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stopping))
            {
                if (IsStart(change))
                {
                    _ended.Remove(change.ResourceId);
                }
                else if (IsCrash(change) && _ended.Add(change.ResourceId))
                {
                    _ = HandleAsync(change, stopping);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The run ends.
        }
    }

    private static bool IsStart(ResourceEvent change) => change.Snapshot.State?.Text is "Waiting" or "Starting" or "Running";

    private static bool IsCrash(ResourceEvent change) =>
        change.Resource is ProjectResource or RedisServerResource
            && change.Snapshot is { State.Text: "Finished" or "Exited" or "FailedToStart", ExitCode: not null and not 0 };

    private async Task HandleAsync(ResourceEvent ended, CancellationToken stopping)
    {
        try
        {
            await (StartRefusals.IsRefusal(ended) ? refusals.NameAsync(ended) : restarter.RestartAsync(ended, stopping));
        }
        catch (OperationCanceledException)
        {
            // The run ends.
        }
    }
}
