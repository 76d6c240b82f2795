namespace Aegis.Core.Budgets;

/// <summary>What was decided on one UTC day.</summary>
/// <param name="StartMs">The day's start, Unix milliseconds.</param>
/// <param name="Payments">Payments decided.</param>
/// <param name="Reviews">Payments that went to review.</param>
/// <param name="OtherReviews">Of these, the payments that rules or lists sent to review and the models would not have.</param>
/// <param name="Declines">Payments declined.</param>
/// <param name="FromMs">When the first interval of the day began, Unix milliseconds; later than the day's start where counting began
/// within the day.</param>
public readonly record struct BudgetDay(long StartMs, double Payments, double Reviews, double OtherReviews, double Declines, long FromMs);
