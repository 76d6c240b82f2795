using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Aegis.ServiceDefaults;

/// <summary>Begins traces of what a service is asked to do, not of what it asks of others by itself: renewed leases and polling would drown
/// the rest.</summary>
internal sealed class ServedTraces : Sampler
{
    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
