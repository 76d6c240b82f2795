using Aegis.Client;
using Aegis.Core.Budgets;
using Aegis.Core.Decisions;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Api;

/// <summary>Says how the budget is kept, and by labels what it is worth.</summary>
internal sealed class BudgetReview(BudgetStore budgets, FactVersions facts, RankedPayments payments, ModelRegistry models)
{
    private const int Changes = 20;
    private const int Step = 10;

    // The two-sided 95 % quantile of the normal distribution.
    private const double Deviations = 1.96;

    /// <summary>The report.</summary>
    public BudgetReport Report()
    {
        var changes = budgets.Newest(Changes);
        var last = changes is [var newest, ..] ? newest : null;
        var trend = facts.Trend();
        return new BudgetReport(
            last?.Budget is null ? null : ToChange(last), ScoreOf(trend?.ReviewAt), ScoreOf(trend?.DeclineAt),
            trend?.FollowsBudget ?? false, trend is null ? null : DateTimeOffset.FromUnixTimeMilliseconds(trend.VersionMs),
            trend is null ? null : ToReport(trend.Today, last?.Budget, Expected(trend)),
            [.. (trend?.Days ?? []).Reverse().Select(day => ToReport(day, last?.Budget, expected: null))],
            payments.HasLabels() ? Quality(last) : null, [.. changes.Select(ToChange)]);
    }

    /// <summary>A change as it is told.</summary>
    public static BudgetChange ToChange(StoredBudget change) => new(
        change.Revision, change.Budget?.AlertsADay, change.Budget?.AlertsPerTenThousand, change.MinutesADay, change.MinutesAnAlert,
        change.Budget?.FloorScore, change.Author.Name, change.Author.Reason, change.Author.At);

    private static double? ScoreOf(double? risk) => risk is > 0 and var known ? Assessment.ScoreOf(known) : null;

    private static double Expected(ScoreTrend trend)
    {
        var end = trend.Today.StartMs + ScoreTrend.DayMs;
        var left = trend.Volume.Expected(trend.VersionMs, end);
        return trend.Today.Reviews + (trend.ShareBetween(trend.ReviewAt, trend.DeclineAt) * left)
            + trend.OtherReviewsBetween(trend.VersionMs, end);
    }

    private static BudgetDayReport ToReport(BudgetDay day, DailyBudget? budget, double? expected) => new(
        DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(day.StartMs).UtcDateTime), (long)day.Payments, (long)day.Reviews,
        (long)day.OtherReviews, (long)day.Declines, expected is null || budget?.AlertsADay is not null
            ? budget?.AlertsOf(day.Payments)
            : null,
        expected, DateTimeOffset.FromUnixTimeMilliseconds(day.FromMs));

    private BudgetQuality? Quality(StoredBudget? last)
    {
        var days = payments.Read(models.Rates.Get).GroupBy(payment => payment.Day)
            .Select(day => (Day: day.Key, Riskiest: day.OrderByDescending(payment => payment.Risk).ToList()))
            .OrderBy(day => day.Day).ToList();
        return days.Count == 0 ? null : new BudgetQuality(
            DateOnly.FromDayNumber(UnixDay + days[0].Day), DateOnly.FromDayNumber(UnixDay + days[^1].Day), models.Rates.Reference,
            [.. new[] { -Step, 0, Step }.Select(change => OutcomeOf(change, days.SelectMany(day => day.Riskiest.Take(
                (int)Math.Max(0, Math.Round(last?.Budget?.AlertsOf(day.Riskiest.Count) ?? day.Riskiest.Count(one => one.IsReviewed))
                + change))), last?.MinutesAnAlert))]);
    }

    private static int UnixDay => DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    private static BudgetOutcome OutcomeOf(int change, IEnumerable<RankedPayment> alerts, double? minutesAnAlert)
    {
        var (count, judged, frauds, amount) = (0L, 0L, 0L, 0.0);
        foreach (var alert in alerts)
        {
            count++;
            judged += alert.IsFraud is null ? 0 : 1;
            frauds += alert.IsFraud == true ? 1 : 0;
            amount += alert.IsFraud == true && double.IsFinite(alert.Amount) ? alert.Amount : 0;
        }

        if (judged == 0)
        {
            return new BudgetOutcome(change, count, 0, 0, 0, null, null, null, count * minutesAnAlert);
        }

        // Wilson, 1927.
        var (share, square) = (frauds / (double)judged, Deviations * Deviations / judged);
        var middle = (share + (square / 2)) / (1 + square);
        var half = Deviations / (1 + square) * Math.Sqrt((share * (1 - share) / judged) + (square / (4 * judged)));
        return new BudgetOutcome(
            change, count, judged, frauds, amount, share, Math.Max(0, middle - half), Math.Min(1, middle + half), count * minutesAnAlert);
    }
}
