using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation;

/// <summary>Ordinary life: outings with one or more payments, in shops or on the web, at the customer's hours.</summary>
internal static class Outings
{
    private const double AnotherPayment = 0.24;
    private const int MaxPayments = 8;
    private const double ShopMinutes = 16;
    private const double SiteMinutes = 6;
    private const double AwayFactor = 1.35;

    /// <summary>The mean number of payments of an outing, nearly: it ignores the upper limit, which few outings reach.</summary>
    public const double MeanPayments = 1 / (1 - AnotherPayment);

    /// <summary>Adds a day's payments.</summary>
    public static void Add(in CustomerDay day)
    {
        var customer = day.Customer;
        var random = WorldDraws.For(day.World.Seed, Purpose.Outing, customer.Number, day.Day.Number);
        var city = day.City;
        var home = day.Home.City;
        var mean = customer.OutingsPerDay * day.Day.Spending * Habits.WeekdayFactor(day.Day.Weekday) * (city == home ? 1 : AwayFactor);
        for (var remaining = random.NextCount(mean); remaining > 0; remaining--)
        {
            var habits = city == home ? customer.Habits : Habits.Tourist;
            var hour = habits.DrawHour(day.Day.IsWeekend, ref random) + customer.HourShift;
            if (random.NextBool(city == home ? customer.OnlineShare : Habits.Tourist.OnlineShare))
            {
                OnTheWeb(day, habits, city, hour, ref random);
            }
            else
            {
                InTown(day, habits, city, hour, ref random);
            }
        }
    }

    private static void InTown(in CustomerDay day, Habits habits, int city, double hour, ref SeededRandom random)
    {
        var label = day.World.LabelAway(day.Customer, day.Day.Number);
        var time = day.At(city, hour);
        for (var payments = DrawSize(ref random); payments > 0; payments--)
        {
            var local = time + City.All[city].UtcOffsetMs;
            var trade = habits.DrawTrade((int)(local / CalendarDay.HourMs % 24), CalendarDay.NumberOf(local) % 7 == 6, ref random);
            // A customer who finds everything closed goes home.
            if (day.FindShop(city, trade, time, ref random) is { } shop)
            {
                day.PayInShop(time, shop, 1, label, ref random);
            }

            time += 60_000 + (long)(random.NextWait(ShopMinutes) * 60_000);
        }
    }

    private static void OnTheWeb(in CustomerDay day, Habits habits, int city, double hour, ref SeededRandom random)
    {
        var time = day.At(city, hour);
        for (var payments = DrawSize(ref random); payments > 0; payments--)
        {
            day.PayOnline(time, day.FindSite(Habits.Draw(habits.Sites, ref random), ref random), 1, label: 0, ref random);
            time += 20_000 + (long)(random.NextWait(SiteMinutes) * 60_000);
        }
    }

    private static int DrawSize(ref SeededRandom random)
    {
        var size = 1;
        while (size < MaxPayments && random.NextBool(AnotherPayment))
        {
            size++;
        }

        return size;
    }
}
