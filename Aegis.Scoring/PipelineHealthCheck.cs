using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Scoring.Volumes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring;

/// <summary>Healthy once histories are rebuilt, while the log can be read, the store read and written, and no entry stands still for
/// longer than the limit of the edge. A volume that is short of space is named with a fault: it is the likely cause.</summary>
internal sealed class PipelineHealthCheck(
    LogConsumer consumer, StoreWriter writer, PatientReads reads, WatchedVolumes volumes, LogLag lag, IOptions<ScoringOptions> options)
    : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(
        (Faults() ?? Standstill()) is { } fault
        ? HealthCheckResult.Unhealthy(volumes.Shortage is { } shortage ? $"{fault.TrimEnd('.')}. {shortage}" : fault)
        : consumer.IsReady ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy("Histories are being rebuilt from the log."));

    /// <summary>All that is wrong with store and log: on a full volume both may be, and one must not hide the other.</summary>
    private string? Faults()
    {
        var faults = new[] { writer.Fault ?? reads.Fault, consumer.Fault }.OfType<string>().Distinct().ToList();
        return faults.Count == 0 ? null : string.Join(". ", faults.Select(fault => fault.TrimEnd('.')));
    }

    private string? Standstill()
    {
        var (standing, limit) = (lag.Standing, TimeSpan.FromSeconds(options.Value.LagLimitSeconds));
        return standing > limit
            ? $"An entry of the log has waited for {lag.Now.TotalSeconds:N0} s, and nothing moves; the limit is {limit.TotalSeconds:N0} s."
            : null;
    }
}
