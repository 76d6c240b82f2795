using System.Collections.Immutable;
using static Aegis.Core.Features.FeatureSource;
using static Aegis.Core.Features.ModelRole;
using static Aegis.Core.Features.SuspiciousSide;

namespace Aegis.Core.Features;

/// <summary>Defines each feature of <see cref="AmountFeatures"/>, in the order of <see cref="Feature"/>.</summary>
internal static class AmountDefinitions
{
    /// <summary>One definition for each member.</summary>
    public static ImmutableArray<FeatureDefinition> All { get; } =
    [
        new(Feature.AmountLog, "amount_log", "ln(1 + EUR)", "amount", Payment, High, Scaled,
            "The amount in the reference currency.", "never"),
        new(Feature.AmountZ, "amount_z", "standard deviations", "amount", Card, High, Scaled,
            "ln(1 + amount) against the card's norm, shrunk to the population with a weight of 5 payments; 0 is usual.",
            "first payment: against the population"),
        new(Feature.AmountDeviation, "amount_deviation", "standard deviations", "amount", Card, High, Stored,
            "The amount against mean and standard deviation of the card's amounts: the mean shrunk to the population, the " +
            "deviation to that mean, with a weight of 5 payments.",
            "first payment: against the population's mean"),
        new(Feature.AmountToMean, "amount_to_mean", "ln ratio", "amount", Card, High, Stored,
            "The amount, 1 added, against the card's mean amount decayed over 30 days, shrunk to the population with a " +
            "weight of 5 payments; 0 is usual.",
            "first payment: against the population's mean"),
        new(Feature.AmountToMaximum, "amount_to_maximum", "ln ratio", "amount", Card, High, Stored,
            "The amount against the card's largest so far.", "first payment: 0"),
        new(Feature.AmountToCategory, "amount_to_category", "ln ratio", "amount", Card, High, Scaled,
            "The amount against the card's norm in this category, shrunk to the category's with a weight of 3 payments; 0 is usual.",
            "category new to the card: against the category's norm"),
        new(Feature.RecentAmountShift, "recent_amount_shift", "ln ratio", "amount", Card, High, Scaled,
            "ln(1 + amount) of the card's last 8 payments on average against its norm, padded by 2 usual payments; 0 is usual.",
            "first payment: 0"),
        new(Feature.AmountExcess7Days, "amount_excess_7d", "standard deviations", "amount", Card, High, Stored,
            "What amount_deviation of earlier payments, with 30 for the population's mean, had above 2, at most 8 each, " +
            "summed and decayed over 7 days.",
            "first payment: 0"),
        new(Feature.SmallAmounts1Hour, "small_amounts_1h", "payments", "amount", Card, High, Stored,
            "Payments below 5 EUR among the card's last 8 that happened within the hour before.", "first payment: 0"),
    ];
}
