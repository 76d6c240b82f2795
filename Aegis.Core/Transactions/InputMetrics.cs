using System.Diagnostics.Metrics;

namespace Aegis.Core.Transactions;

/// <summary>Counts what readers of transactions leave out instead of refusing.</summary>
public static class InputMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Aegis.Input";

    private static readonly Meter Meter = new(MeterName);

    /// <summary>Places that cannot be, by <c>reason</c>: see <see cref="ImpossiblePlaces"/>.</summary>
    internal static Counter<long> PlacesLeftOut { get; } = Meter.CreateCounter<long>(
        "aegis.input.places_left_out", "{place}", "Places that cannot be and are treated as missing, by reason.");
}
