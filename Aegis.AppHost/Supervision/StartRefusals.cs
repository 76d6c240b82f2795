using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Aegis.AppHost.Supervision;

/// <summary>Names a program of ours that refuses to start, with its last lines. The run ends if another resource waits for
/// the program.</summary>
internal sealed class StartRefusals(
    DistributedApplicationModel model, ResourceTail tail, RunOutcome outcome, IHostApplicationLifetime lifetime, TimeProvider time)
{
    /// <summary>The exit code by which our programs refuse their input.</summary>
    private const int Refusal = 1;

    private static readonly TimeSpan LogDelay = TimeSpan.FromSeconds(1);

    /// <summary>True if the program has refused to start.</summary>
    public static bool IsRefusal(ResourceEvent ended) => ended.Resource is ProjectResource && ended.Snapshot.ExitCode == Refusal;

    /// <summary>Prints why the program does not start.</summary>
    public async Task NameAsync(ResourceEvent ended)
    {
        // The last lines arrive a moment after the end.
        await Task.Delay(LogDelay, time);
        Console.WriteLine($"  '{ended.Resource.Name}' cannot start:");
        tail.Print(ended.Resource.Name);
        if (model.Resources.SelectMany(resource => resource.Annotations.OfType<WaitAnnotation>())
            .Any(wait => wait.Resource == ended.Resource))
        {
            outcome.HasFailed = true;
            lifetime.StopApplication();
        }
    }
}
