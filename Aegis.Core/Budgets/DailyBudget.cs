using System.Text.Json.Serialization;

namespace Aegis.Core.Budgets;

/// <summary>How many payments a day go to review. The review threshold follows it; the decline threshold stands by itself.</summary>
/// <param name="AlertsADay">Payments to review on a UTC day, above 0; null where <paramref name="AlertsPerTenThousand"/> says it.</param>
/// <param name="AlertsPerTenThousand">Payments to review per 10,000 of the day's payments, above 0, at most 10,000; null where
/// <paramref name="AlertsADay"/> says it.</param>
/// <param name="FloorScore">No payment below this score goes to review for the models' sake, however few alerts that leaves; 0 to
/// below 1,000.</param>
public sealed record DailyBudget(double? AlertsADay, double? AlertsPerTenThousand, double FloorScore = DailyBudget.UsualFloor)
{
    /// <summary>The usual <see cref="FloorScore"/>: the riskiest fifth.</summary>
    public const double UsualFloor = 800;

    /// <summary>The most alerts a day.</summary>
    public const double MaxAlertsADay = 10_000_000;

    /// <summary>True if exactly one of the two budgets is said, and all values are in range.</summary>
    [JsonIgnore]
    public bool IsValid => (AlertsADay, AlertsPerTenThousand) is (> 0 and <= MaxAlertsADay, null) or (null, > 0 and <= 10_000)
        && FloorScore is >= 0 and < 1_000;

    /// <summary>The risk (-ln p) of <see cref="FloorScore"/>.</summary>
    [JsonIgnore]
    public double FloorRisk => -Math.Log(1 - (FloorScore / 1_000));

    /// <summary>The alerts of a day with so many payments.</summary>
    public double AlertsOf(double payments) => AlertsADay ?? (payments * AlertsPerTenThousand!.Value / 10_000);
}
