namespace Aegis.Scoring.Facts;

/// <summary>Shows how much the facts remember.</summary>
internal sealed class FactMetrics(ScoringTelemetry telemetry)
{
    /// <summary>Begins to show the sizes of the newest facts.</summary>
    public void Observe(FactVersions versions)
    {
        telemetry.Meter.CreateObservableGauge(
            "aegis.facts.merchants", () => versions.Sizes().Merchants, "{merchant}", "Merchants that the facts remember.");
        telemetry.Meter.CreateObservableGauge(
            "aegis.facts.entities", () => versions.Sizes().Entities, "{entity}",
            "Merchants, devices and BINs whose payments are counted by day.");
        telemetry.Meter.CreateObservableGauge(
            "aegis.facts.forgotten", () => versions.Sizes().Forgotten, "{entity}",
            "Merchants and entities forgotten since the start, for their age or for the limits.");
    }
}
