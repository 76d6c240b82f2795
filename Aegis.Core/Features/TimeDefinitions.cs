using System.Collections.Immutable;
using static Aegis.Core.Features.FeatureSource;
using static Aegis.Core.Features.ModelRole;
using static Aegis.Core.Features.SuspiciousSide;

namespace Aegis.Core.Features;

/// <summary>Defines each feature of <see cref="TimeFeatures"/>, in the order of <see cref="Feature"/>.</summary>
internal static class TimeDefinitions
{
    /// <summary>One definition for each member.</summary>
    public static ImmutableArray<FeatureDefinition> All { get; } =
    [
        new(Feature.GapLog, "gap_log", "ln(1 + s)", "time", Card, Low, Stored,
            "Time since the card's last payment.", "first payment: 30 days"),
        new(Feature.GapRatio, "gap_ratio", "ln ratio", "time", Card, Low, Stored,
            "Time since the card's last payment against its mean gap of 30 days, both padded by a minute; 0 is usual.",
            "first payment: 0"),
        new(Feature.HourSurprise, "hour_surprise", "nats", "time", Card, High, Scaled,
            "-ln of the hour's density among the card's payments, smoothed to the population's with a weight of 20 payments; " +
            "0 is a uniform day.",
            "first payment: the population's density"),
        new(Feature.HourSine, "hour_sin", "-1 to 1", "time", Payment, None, Stored,
            "Sine of the UTC hour of day.", "never"),
        new(Feature.HourCosine, "hour_cos", "-1 to 1", "time", Payment, None, Stored,
            "Cosine of the UTC hour of day.", "never"),
    ];
}
