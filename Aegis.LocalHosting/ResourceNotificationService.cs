using Aspire.Hosting.Processes;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Tells how resources are.</summary>
public sealed class ResourceNotificationService
{
    private readonly IReadOnlyList<ResourceRunner> _runners;

    internal ResourceNotificationService(IReadOnlyList<ResourceRunner> runners) => _runners = runners;

    /// <summary>Waits until a resource has been healthy.</summary>
    /// <exception cref="DistributedApplicationException">It failed to start.</exception>
    public Task WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default) =>
        Task.WhenAll(_runners.Where(r => r.Resource.Name == resourceName).Select(r => r.Healthy)).WaitAsync(cancellationToken);
}
