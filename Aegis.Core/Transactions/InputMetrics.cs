using System.Diagnostics.Metrics;

namespace Aegis.Core.Transactions;

/// <summary>Counts what readers of transactions leave out instead of refusing.</summary>
public static class InputMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Aegis.Input";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Places that cannot be: 0, 0 where a sender knew none, or out of range.</summary>
    internal static Counter<long> PlacesLeftOut { get; } = Meter.CreateCounter<long>(
        "aegis.input.places_left_out", "{place}", "Places that were 0, 0 or out of range and are treated as missing.");
}
