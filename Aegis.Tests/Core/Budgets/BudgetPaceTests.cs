using Aegis.Core.Budgets;
using Aegis.Core.Decisions;

namespace Aegis.Tests.Core.Budgets;

public sealed class BudgetPaceTests
{
    private const long Hour = 3_600_000;

    // 2026-03-02, a Monday.
    private static readonly long _start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly Random _random = new(17);

    /// <summary>Reviews a day where hour by hour payments of random risk are decided.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="days">How many days.</param>
    /// <param name="volume">Payments expected in an hour, by day and hour.</param>
    /// <param name="risk">The risk of a payment, by day and hour.</param>
    /// <param name="interval">The time between two barriers in milliseconds.</param>
    private List<double> Reviews(
        DailyBudget budget, int days, Func<int, int, double> volume, Func<int, int, double> risk, long interval = Hour)
    {
        var model = new DecisionPolicy(4.6, 6.2, new AlertBudget());
        var (trend, counts, read) = (new ScoreTrend(), new ScoreCounts(), (ReviewThreshold?)null);
        var reviews = new List<double>();
        for (var day = 0; day < days; day++)
        {
            var sum = 0.0;
            for (long at = 0; at < 24 * Hour; at += interval)
            {
                var hour = (int)(at / Hour);
                var policy = read is { } now ? model with { ReviewAt = now.At, ReviewWidth = now.Width, ReviewTies = now.Ties } : model;
                var expected = volume(day, hour) * interval / Hour;
                var number = (int)Math.Round(expected + (Math.Sqrt(expected) * Normal()));
                for (var i = 0; i < number; i++)
                {
                    var drawn = risk(day, hour);
                    var outcome = policy.Decide(drawn, unchecked((ulong)_random.NextInt64(long.MinValue, long.MaxValue)));
                    counts.Add(drawn, outcome, outcome);
                    sum += outcome == DecisionOutcome.Review ? 1 : 0;
                }

                (counts.ReviewAt, counts.DeclineAt, counts.Model) = (policy.MeanReviewAt, policy.DeclineAt, 1);
                counts.FollowsBudget = policy != model;
                // Shards read what was published one interval before.
                read = BudgetPace.Threshold(trend, budget, model.DeclineAt);
                trend.Add(_start + (day * ScoreTrend.DayMs) + at + interval, counts);
                counts.Clear();
            }

            reviews.Add(sum);
        }

        return reviews;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private double Exponential() => -Math.Log(1 - _random.NextDouble());

    private static double ByHour(int hour) => hour switch { < 6 => 0.15, < 9 => 0.7, < 20 => 1.5, _ => 0.9 };

    private static void Within(double share, double wanted, List<double> reviews) =>
        Assert.All(reviews, (day, index) => Assert.True(
            Math.Abs(day - wanted) <= share * wanted, $"day {index}: {day}, wanted {wanted}; all: {string.Join(", ", reviews)}"));

    [Theory]
    [InlineData(60_000)]
    [InlineData(Hour)]
    public void Threshold_OnSteadyTraffic_KeepsTheBudgetFromTheSecondDayOn(long interval) =>
        Within(.1, 150, Reviews(new DailyBudget(150, null), 7, (_, hour) => 1_000 * ByHour(hour), (_, _) => Exponential(), interval)[1..]);

    [Fact]
    public void Threshold_WhereTrafficDoublesAndAFraudWaveComes_KeepsTheBudgetEachDay() =>
        Within(.1, 150, Reviews(
            new DailyBudget(150, null), 9, (day, hour) => (day >= 4 ? 2_000 : 1_000) * ByHour(hour),
            // From noon of the third day on, a day long, one payment in a hundred looks risky.
            (day, hour) => (day, hour) is (2, >= 12) or (3, < 12) && _random.NextDouble() < .01
                ? 3 + (4 * _random.NextDouble())
                : Exponential())[1..]);

    [Fact]
    public void Threshold_WhereTheModelFindsEverythingRisky_FollowsWithinADay() =>
        Within(.1, 100, Reviews(
            new DailyBudget(100, null), 5, (_, hour) => 1_000 * ByHour(hour), (_, _) => Math.Min(6.1, 2.2 * Exponential()))[1..]);

    [Fact]
    public void Threshold_OfAShare_FollowsTheVolume()
    {
        var reviews = Reviews(
            new DailyBudget(null, 50), 6, (day, hour) => (day >= 3 ? 2_000 : 1_000) * ByHour(hour), (_, _) => Exponential());
        Within(.1, 24_000 * .005, [.. reviews[1..3].Select(day => day * 24_000 / (1_000 * Enumerable.Range(0, 24).Sum(ByHour)))]);
        Within(.1, 24_000 * .005, [.. reviews[4..].Select(day => day * 24_000 / (2_000 * Enumerable.Range(0, 24).Sum(ByHour)))]);
    }

    [Fact]
    public void Threshold_WherePaymentsHaveFewRisks_SplitsThoseOfOneRisk() =>
        Within(.15, 100, Reviews(
            new DailyBudget(100, null), 5, (_, hour) => 1_000 * ByHour(hour), (_, _) => _random.NextDouble() < .05 ? 3.009 : 1)[1..]);

    [Fact]
    public void Threshold_WhereADayLooksQuiet_StopsAtTheFloor()
    {
        var reviews = Reviews(new DailyBudget(5_000, null, 950), 4, (_, hour) => 1_000 * ByHour(hour), (_, _) => Exponential());
        // One payment in 20 reaches a score of 950, and one in 500 is declined.
        var expected = 1_000 * Enumerable.Range(0, 24).Sum(ByHour) * (.05 - Math.Exp(-6.2));
        Within(.1, expected, reviews[2..]);
    }
}
