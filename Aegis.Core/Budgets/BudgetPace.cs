namespace Aegis.Core.Budgets;

/// <summary>Sets the review threshold so that the day's alerts meet the budget: what is left of the budget is spread evenly over the
/// payments that the rest of the day is expected to bring.</summary>
/// <remarks>
/// Shards read what all shards have published one interval before, so the threshold is set for the interval after the next barrier.
/// The share of payments to review changes by bounded steps (<see cref="FallAnHour"/>, <see cref="RiseAnHour"/>), and stays within
/// <see cref="MostOfEven"/> of what an even day would ask for: a day's surprise does not blind the night after it.
/// </remarks>
public static class BudgetPace
{
    /// <summary>The largest factor by which the share of payments to review falls in an hour.</summary>
    public const double FallAnHour = 2;

    /// <summary>The largest factor by which it rises in an hour: what is missed may still come, what was spent is spent.</summary>
    public const double RiseAnHour = 1.4;

    /// <summary>The largest factor between the share to review now and that of a day whose alerts come evenly.</summary>
    public const double MostOfEven = 8;

    /// <summary>The weight of recent payments below which the model's own threshold stays in force.</summary>
    public const double LeastPayments = 200;

    /// <summary>The threshold for the interval after the next barrier; null while too little is known.</summary>
    /// <param name="trend">How the live stream scores.</param>
    /// <param name="budget">A valid budget.</param>
    /// <param name="declineAt">The risk from which payments are declined.</param>
    public static ReviewThreshold? Threshold(ScoreTrend trend, DailyBudget budget, double declineAt)
    {
        ArgumentNullException.ThrowIfNull(trend);
        ArgumentNullException.ThrowIfNull(budget);
        if (trend.IntervalMs == 0 || trend.Weight < LeastPayments || !trend.Volume.IsKnown)
        {
            return null;
        }

        var threshold = trend.ThresholdOf(Share(trend, budget, declineAt), declineAt);
        return threshold.At >= budget.FloorRisk ? threshold : new ReviewThreshold(Math.Min(budget.FloorRisk, declineAt), 0, 1);
    }

    /// <summary>The share of payments whose models' outcome should be a review.</summary>
    private static double Share(ScoreTrend trend, DailyBudget budget, double declineAt)
    {
        var from = trend.VersionMs + trend.IntervalMs;
        var dayStart = from - (from % ScoreTrend.DayMs);
        var dayEnd = dayStart + ScoreTrend.DayMs;
        var left = trend.Volume.Expected(from, dayEnd);
        if (left <= 0)
        {
            return 0;
        }

        var lately = trend.ShareBetween(trend.ReviewAt, trend.DeclineAt);
        var isNewDay = dayStart != trend.Today.StartMs;
        var counted = isNewDay ? default : trend.Today;
        var onTheWay = isNewDay ? 0 : trend.Volume.Expected(trend.VersionMs, from);
        var unseen = isNewDay ? 0 : Math.Max(0, (counted.FromMs - dayStart) / (double)ScoreTrend.DayMs);
        var wholeDay = (counted.Payments + onTheWay + left) / (1 - unseen);
        var alerts = budget.AlertsOf(wholeDay);
        var even = alerts / wholeDay;
        var spent = counted.Reviews + (lately * onTheWay);
        var wanted = ((alerts * (1 - unseen)) - spent - trend.OtherReviewsBetween(from, dayEnd)) / left;
        var share = Math.Clamp(wanted, even / MostOfEven, even * MostOfEven);
        if (trend.FollowsBudget && lately > 0)
        {
            var hours = trend.IntervalMs / ScoreTrend.HourMs;
            share = Math.Clamp(share, lately * Math.Pow(FallAnHour, -hours), lately * Math.Pow(RiseAnHour, hours));
        }

        return share;
    }
}
