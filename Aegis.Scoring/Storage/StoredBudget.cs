using Aegis.Core.Budgets;

namespace Aegis.Scoring.Storage;

/// <summary>A change of the daily budget.</summary>
/// <param name="Revision">Its place in the order of changes.</param>
/// <param name="Budget">The budget; null if the change ended the one before.</param>
/// <param name="MinutesADay">The analysts' minutes a day, if the budget was said so.</param>
/// <param name="MinutesAnAlert">The minutes that an alert takes, if the budget was said so.</param>
/// <param name="Author">Who changed it, why, and when.</param>
internal sealed record StoredBudget(
    long Revision, DailyBudget? Budget, double? MinutesADay, double? MinutesAnAlert, ListAuthor Author);
