using System.Collections.Immutable;
using static Aegis.Core.Features.FeatureSource;
using static Aegis.Core.Features.ModelRole;
using static Aegis.Core.Features.SuspiciousSide;

namespace Aegis.Core.Features;

/// <summary>Defines each feature of <see cref="VelocityFeatures"/>, in the order of <see cref="Feature"/>.</summary>
internal static class VelocityDefinitions
{
    /// <summary>One definition for each member.</summary>
    public static ImmutableArray<FeatureDefinition> All { get; } =
    [
        new(Feature.Count10Minutes, "count_10m", "ln(1 + payments)", "velocity", Card, High, Stored,
            "Earlier payments, decayed over 10 minutes.", "first payment: 0"),
        new(Feature.Count1Hour, "count_1h", "ln(1 + payments)", "velocity", Card, High, Stored,
            "Earlier payments, decayed over 1 hour.", "first payment: 0"),
        new(Feature.Count1Day, "count_1d", "ln(1 + payments)", "velocity", Card, High, Stored,
            "Earlier payments, decayed over 1 day.", "first payment: 0"),
        new(Feature.Count7Days, "count_7d", "ln(1 + payments)", "velocity", Card, None, Stored,
            "Earlier payments, decayed over 7 days.", "first payment: 0"),
        new(Feature.Count30Days, "count_30d", "ln(1 + payments)", "velocity", Card, None, Stored,
            "Earlier payments, decayed over 30 days.", "first payment: 0"),
        new(Feature.Sum10Minutes, "sum_10m", "ln(1 + EUR)", "velocity", Card, High, Stored,
            "Earlier amounts, decayed over 10 minutes.", "first payment: 0"),
        new(Feature.Sum1Hour, "sum_1h", "ln(1 + EUR)", "velocity", Card, High, Scaled,
            "Earlier amounts, decayed over 1 hour.", "first payment: 0"),
        new(Feature.Sum1Day, "sum_1d", "ln(1 + EUR)", "velocity", Card, High, Stored,
            "Earlier amounts, decayed over 1 day.", "first payment: 0"),
        new(Feature.Sum7Days, "sum_7d", "ln(1 + EUR)", "velocity", Card, None, Stored,
            "Earlier amounts, decayed over 7 days.", "first payment: 0"),
        new(Feature.Sum30Days, "sum_30d", "ln(1 + EUR)", "velocity", Card, None, Stored,
            "Earlier amounts, decayed over 30 days.", "first payment: 0"),
        new(Feature.ExactCount10Minutes, "exact_count_10m", "payments", "velocity", Card, High, Stored,
            "Payments of the 10 minutes before, counted among the card's last 8.", "first payment: 0"),
        new(Feature.ExactCount1Hour, "exact_count_1h", "payments", "velocity", Card, High, Stored,
            "Payments of the hour before, counted among the card's last 8.", "first payment: 0"),
        new(Feature.CountBurst1Hour, "count_burst_1h", "ln ratio", "velocity", Card, High, Stored,
            "Payments of the last hour against the hourly mean of 30 days, both padded by 1; 0 is usual.", "first payment: 0"),
        new(Feature.CountBurst, "count_burst", "ln ratio", "velocity", Card, High, Stored,
            "Payments of the last day against the daily mean of 30 days, both padded by 1; 0 is usual.", "first payment: 0"),
        new(Feature.SumBurst1Day, "sum_burst_1d", "ln ratio", "velocity", Card, High, Stored,
            "Amounts of the last day, this one included, against the daily mean of 30 days, both padded by a usual payment.",
            "first payment: against the population's norm"),
        new(Feature.SumBurst7Days, "sum_burst_7d", "ln ratio", "velocity", Card, High, Stored,
            "Amounts of the last 7 days, this one included, against the weekly mean of 30 days, both padded by a usual payment.",
            "first payment: against the population's norm"),
        new(Feature.CardAge, "card_age", "ln(1 + payments)", "velocity", Card, None, Stored,
            "Payments of this card seen so far.", "first payment: 0"),
        new(Feature.FirstPayment, "first_payment", "0 or 1", "velocity", Card, None, Stored,
            "1 where no payment of the card was seen before: the indicator of all that is missing then.", "never"),
    ];
}
