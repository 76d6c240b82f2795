using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aegis.Scoring.Volumes;

/// <summary>Names each volume with what is free. Unhealthy while payments are refused for lack of space; degraded while a
/// volume fills, or is full without a reserve.</summary>
internal sealed class VolumeHealthCheck(WatchedVolumes volumes) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
        volumes.Refusal is { } refusal ? HealthCheckResult.Unhealthy(refusal)
        : (volumes.Shortage ?? volumes.Warning) is { } notice ? HealthCheckResult.Degraded(notice)
        : HealthCheckResult.Healthy(string.Join(' ', volumes.Now.Select(state => state.Space))));
}
