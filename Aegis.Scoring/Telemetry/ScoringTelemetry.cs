using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Aegis.Scoring.Telemetry;

/// <summary>The service's trace source and meter.</summary>
internal static class ScoringTelemetry
{
    /// <summary>Name of both.</summary>
    public const string Name = "Aegis.Scoring";

    /// <summary>Traces of transactions.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Metrics of the pipeline.</summary>
    public static Meter Meter { get; } = new(Name);
}
