using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation;

/// <summary>Monthly charges on a fixed day: telephone, streaming, insurance. The merchant charges, so there is no device.</summary>
internal static class RecurringPayments
{
    private const int LatestDayOfMonth = 28;
    private const double YearlyRise = 0.03;
    private const int FirstYear = 2_020;

    private static readonly double[] Weights = Cumulated();

    /// <summary>Adds the charges due on a day.</summary>
    public static void Add(in CustomerDay day)
    {
        if (day.Day.DayOfMonth > LatestDayOfMonth)
        {
            return;
        }

        for (var number = 0; number < day.Customer.Subscriptions; number++)
        {
            var random = WorldDraws.For(day.World.Seed, Purpose.Recurring, day.Customer.Number, number);
            if (1 + random.NextInt(LatestDayOfMonth) == day.Day.DayOfMonth)
            {
                Charge(day, ref random);
            }
        }
    }

    private static void Charge(in CustomerDay day, ref SeededRandom random)
    {
        var merchant = day.World.Merchants.PickRecurring(Habits.Draw(Weights, ref random), ref random);
        var years = DateOnly.FromDayNumber(day.Day.Number).Year - FirstYear;
        var euros = Prices.Draw(merchant, day.Customer.SpendingLog, 1 + (YearlyRise * years), ref random);
        // Batches run in the small hours.
        var time = day.At(day.Home.City, 1 + (5 * random.NextDouble()));
        day.Payments.Add(
            new SimulatedPayment(time, day.Customer.Number, 0, euros, merchant.Number, 0, (byte)day.Home.City, Channel.Ecommerce, 0));
    }

    private static double[] Cumulated()
    {
        double sum = 0;
        return [.. Trade.Recurring.Select(trade => sum += trade.Share)];
    }
}
