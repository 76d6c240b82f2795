using Aegis.Scoring.Consumption;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aegis.Scoring;

/// <summary>Healthy once histories are rebuilt, while the log can be read and the store written.</summary>
internal sealed class PipelineHealthCheck(LogConsumer consumer, StoreWriter writer) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        (writer.Fault ?? consumer.Fault) is { } fault ? HealthCheckResult.Unhealthy(fault)
        : consumer.IsReady ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy("Histories are being rebuilt from the log."));
}
