using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aegis.AppHost.Supervision;

/// <summary>
/// Starts crashed resources again. A program of ours that refuses to start prints why and ends with exit code 1:
/// such a resource is not restarted, its last lines are printed, and the run ends if another resource waits for it.
/// </summary>
internal sealed class CrashRestarts(
    ResourceNotificationService notifications, ResourceCommandService commands, DistributedApplicationModel model, ResourceTail tail,
    RunOutcome outcome, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>The exit code by which our programs refuse their input.</summary>
    private const int Refusal = 1;

    private const int TailLines = 8;
    private static readonly TimeSpan LogDelay = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, RestartPolicy> _policies = [];
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
            if (ended.Resource is ProjectResource && ended.Snapshot.ExitCode == Refusal)
            {
                await NameAsync(ended);
                return;
            }

            var policy = _policies.TryGetValue(ended.ResourceId, out var known)
                ? known
                : _policies[ended.ResourceId] = new RestartPolicy(time);
            while (policy.Next() is { } pause)
            {
                Console.WriteLine($"  '{ended.Resource.Name}' ended with exit code {ended.Snapshot.ExitCode}; starting it again in {pause.TotalSeconds:N1} s");
                await Task.Delay(pause, time, stopping);
                // The start fails while Aspire still cleans up the old process.
                if ((await commands.ExecuteCommandAsync(ended.ResourceId, KnownResourceCommands.StartCommand, stopping)).Success)
                {
                    return;
                }
            }

            Console.WriteLine($"  '{ended.Resource.Name}' has crashed {RestartPolicy.MaxRestarts} times in {RestartPolicy.Window.TotalMinutes:N0} minutes and stays down. Its last lines:");
            PrintTail(ended);
        }
        catch (OperationCanceledException)
        {
            // The run ends.
        }
    }

    private async Task NameAsync(ResourceEvent ended)
    {
        // The last lines arrive a moment after the end.
        await Task.Delay(LogDelay, time);
        Console.WriteLine($"  '{ended.Resource.Name}' cannot start:");
        PrintTail(ended);
        if (model.Resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Any(wait => wait.Resource == ended.Resource))
        {
            outcome.HasFailed = true;
            lifetime.StopApplication();
        }
    }

    private void PrintTail(ResourceEvent ended)
    {
        foreach (var line in tail.Of(ended.Resource.Name, TailLines))
        {
            Console.WriteLine($"    {line}");
        }
    }
}
