using OpenTelemetry.Trace;

namespace Aegis.ServiceDefaults;

/// <summary>Records everything but the requests of health probes, which would drown the rest.</summary>
internal sealed class QuietHealthSampler : Sampler
{
    /// <inheritdoc/>
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters)
    {
        foreach (var tag in samplingParameters.Tags ?? [])
        {
            if (tag is { Key: "url.path", Value: "/health" or "/alive" })
            {
                return new SamplingResult(SamplingDecision.Drop);
            }
        }

        return new SamplingResult(SamplingDecision.RecordAndSample);
    }
}
