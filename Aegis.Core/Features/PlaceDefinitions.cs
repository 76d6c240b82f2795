using System.Collections.Immutable;
using static Aegis.Core.Features.FeatureSource;
using static Aegis.Core.Features.ModelRole;
using static Aegis.Core.Features.SuspiciousSide;

namespace Aegis.Core.Features;

/// <summary>Defines each feature of <see cref="PlaceFeatures"/>, in the order of <see cref="Feature"/>.</summary>
internal static class PlaceDefinitions
{
    /// <summary>One definition for each member.</summary>
    public static ImmutableArray<FeatureDefinition> All { get; } =
    [
        new(Feature.PlaceKnown, "place_known", "0 or 1", "place", Card, None, Stored,
            "1 where the payment was made at a terminal whose place is known, and an earlier one too: the indicator of the " +
            "place features.",
            "never"),
        new(Feature.DistanceLog, "distance_log", "ln(1 + km)", "place", Card, None, Stored,
            "Distance from the card's last payment at a terminal.", "place_known is 0: 0"),
        new(Feature.SpeedLog, "speed_log", "ln(1 + km/h)", "place", Card, High, Scaled,
            "The speed that distance implies, over at least 3 minutes.", "place_known is 0: 0"),
        new(Feature.CentreDistanceLog, "centre_distance_log", "ln(1 + km)", "place", Card, High, Stored,
            "Distance from the card's centre of life: the mean place of its payments at terminals, decayed over 30 days.",
            "place_known is 0: 0"),
        new(Feature.CentreZ, "centre_z", "spreads", "place", Card, High, Stored,
            "That distance in units of the card's usual distance from its centre, shrunk to 25 km with a weight of 3 payments.",
            "place_known is 0: 0"),
        new(Feature.Travel1Day, "travel_1d", "ln(1 + km)", "place", Card, High, Stored,
            "Distances between payments at terminals, decayed over 1 day, this one included.", "place_known is 0: 0"),
        new(Feature.TravelBurst, "travel_burst", "ln ratio", "place", Card, High, Stored,
            "Those distances against the daily mean of 30 days, both padded by 10 km; 0 is usual.", "place_known is 0: 0"),
    ];
}
