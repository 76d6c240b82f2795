using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aegis.Scoring;

/// <summary>Healthy once histories are rebuilt, while the log can be read, and the store read and written.</summary>
internal sealed class PipelineHealthCheck(LogConsumer consumer, StoreWriter writer, PatientReads reads) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
        (writer.Fault ?? reads.Fault ?? consumer.Fault) is { } fault ? HealthCheckResult.Unhealthy(fault)
        : consumer.IsReady ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy("Histories are being rebuilt from the log."));
}
