using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Aegis.Scoring;

/// <summary>The service's trace source and meter.</summary>
/// <param name="name">The name of both. A listener to another name hears nothing of them.</param>
internal sealed class ScoringTelemetry(string name) : IDisposable
{
    /// <summary>The name under which the service is observed.</summary>
    public const string Name = "Aegis.Scoring";

    /// <summary>The traces of transactions.</summary>
    public ActivitySource Source { get; } = new(name);

    /// <summary>The metrics of the pipeline.</summary>
    public Meter Meter { get; } = new(name);

    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        Meter.Dispose();
    }
}
