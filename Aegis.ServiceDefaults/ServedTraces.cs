using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Aegis.ServiceDefaults;

/// <summary>Samples traces of requests to a service. Drops traces that a service's own calls begin: renewed leases and
/// polling would drown the rest.</summary>
internal sealed class ServedTraces : Sampler
{
    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
