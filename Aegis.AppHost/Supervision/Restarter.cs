using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;

namespace Aegis.AppHost.Supervision;

/// <summary>Starts a crashed resource again: after a pause, or once there is space for its files. Redis is never given up,
/// since everything else waits for it.</summary>
internal sealed class Restarter(ResourceCommandService commands, ResourceTail tail, SpaceWait space, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RestartPolicy> _policies = new();

    /// <summary>Returns once the resource is started or given up.</summary>
    public async Task RestartAsync(ResourceEvent ended, CancellationToken stopping)
    {
        do
        {
            // A full volume is no crash: it does not count, and the start follows at once.
            if (!await WaitForSpaceAsync(ended.Resource, stopping) && !await PauseAsync(ended, stopping))
            {
                return;
            }
        }
        // The start fails while Aspire still cleans up the old process.
        while (!(await commands.ExecuteCommandAsync(ended.ResourceId, KnownResourceCommands.StartCommand, stopping)).Success);
    }

    private async Task<bool> WaitForSpaceAsync(IResource resource, CancellationToken stopping) =>
        resource.TryGetLastAnnotation<FileFolder>(out var files) && await space.WaitAsync(resource.Name, files.Path, stopping);

    /// <returns>False if the resource is given up.</returns>
    private async Task<bool> PauseAsync(ResourceEvent ended, CancellationToken stopping)
    {
        var name = ended.Resource.Name;
        var policy = _policies.GetOrAdd(ended.ResourceId, _ => new RestartPolicy(time, givesUp: ended.Resource is not RedisServerResource));
        var wasSlow = policy.IsSlow;
        var pause = policy.Next();
        if (pause is null || policy.IsSlow && !wasSlow)
        {
            Console.WriteLine($"  '{name}' has crashed {RestartPolicy.MaxRestarts} times in {RestartPolicy.Window.TotalMinutes:N0} minutes{(pause is null ? " and stays down" : "")}. Its last lines:");
            tail.Print(name);
        }

        if (pause is null)
        {
            return false;
        }

        Console.WriteLine($"  '{name}' ended with exit code {ended.Snapshot.ExitCode}; starting it again in {pause.Value.TotalSeconds:N1} s");
        await Task.Delay(pause.Value, time, stopping);
        return true;
    }
}
