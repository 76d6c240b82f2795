using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;

namespace Aegis.Tests.Datasets.Simulation;

public sealed class HabitTests(SmallWorld small) : IClassFixture<SmallWorld>
{
    [Fact]
    public void GenuinePayments_InShops_FallWithinTheirOpeningHours()
    {
        var shops = small.Rows.Where(row => !row.Label.IsFraud && row.Transaction.Channel.IsCardPresent()).Select(row => row.Transaction)
            .ToList();
        Assert.True(shops.Count > 50_000);
        Assert.All(shops, payment => Assert.True(
            small.MerchantById[payment.MerchantId].IsOpenAt(payment.EventTime.ToUnixTimeMilliseconds()), $"{payment}"));
        Assert.Contains(small.World.Merchants.All, merchant => !merchant.IsOpenAt(
            new DateTimeOffset(2025, 3, 2, 12, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds()));
    }

    [Fact]
    public void Saturdays_AreBusierThanSundays()
    {
        var byDay = small.Rows.Where(row => !row.Label.IsFraud).CountBy(row => row.Transaction.EventTime.DayOfWeek).ToDictionary();
        Assert.InRange(byDay[DayOfWeek.Saturday] / (double)byDay[DayOfWeek.Sunday], 1.4, 2.6);
        Assert.InRange(byDay[DayOfWeek.Tuesday] / (double)byDay[DayOfWeek.Wednesday], 0.9, 1.1);
    }

    /// <summary>Students stay up, retired people do not; of hours that both are drawn from, a chi-square test would find the difference
    /// many times over.</summary>
    [Fact]
    public void Hours_AreThoseOfTheCustomersKind()
    {
        double LateShare(Habits habits)
        {
            var hours = small.Rows
                .Where(row => row.Label == default && row.Transaction.Channel.IsCardPresent()
                    && small.CustomerByCard[row.Transaction.CardToken].Habits == habits)
                .Select(row => small.LocalHour(row.Transaction)).ToList();
            Assert.True(hours.Count > 2_000);
            return hours.Count(hour => hour is >= 21 or < 3) / (double)hours.Count;
        }

        Assert.InRange(LateShare(Habits.Student), 0.15, 0.5);
        Assert.InRange(LateShare(Habits.Retired), 0, 0.05);
    }

    [Fact]
    public void Customers_GoToTheirFavouritesAgain()
    {
        // Share of a customer's grocery payments that go to his three most visited groceries.
        var shares = small.Rows.Where(row => row.Label == default && row.Transaction.Mcc == 5411 && row.Transaction.Channel.IsCardPresent())
            .GroupBy(row => row.Transaction.CardToken).Where(card => card.Count() >= 20)
            .Select(card => card.CountBy(row => row.Transaction.MerchantId).OrderByDescending(merchant => merchant.Value).Take(3)
                .Sum(merchant => merchant.Value) / (double)card.Count());
        Assert.InRange(shares.Average(), 0.7, 0.95);
    }

    [Fact]
    public void RecurringPayments_ComeEveryMonthOnOneDayForTheSameAmount()
    {
        int[] codes = [.. Trade.Recurring.Select(trade => trade.Mcc)];
        var series = small.Rows.Where(row => row.Label == default && codes.Contains(row.Transaction.Mcc))
            .GroupBy(row => (row.Transaction.CardToken, row.Transaction.MerchantId, row.Transaction.Currency))
            .Where(charges => charges.Count() == 4).ToList();
        Assert.True(series.Count > 2_000);
        Assert.All(series.Take(500), charges =>
        {
            var days = charges.Select(row => row.Transaction.EventTime).ToList();
            Assert.All(days.Zip(days.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalDays, 27, 32));
            Assert.Null(charges.First().Transaction.DeviceId);
            Assert.Single(charges.Select(row => row.Transaction.AmountMinor).Distinct());
        });
    }

    [Fact]
    public void Seasons_ShowInSpendingAndTravel()
    {
        Assert.True(CalendarDay.Of(new DateOnly(2025, 12, 10).DayNumber).Spending > CalendarDay.Of(
            new DateOnly(2025, 1, 10).DayNumber).Spending * 1.3);
        Assert.True(Holidays(new DateOnly(2025, 7, 10)) > 2 * Holidays(new DateOnly(2025, 11, 10)));

        int Holidays(DateOnly around) => Enumerable.Range(0, 3_000).Count(number =>
            Enumerable.Range(around.DayNumber, 21).Any(day => small.World.Customer(number).HolidayAround(day).Includes(day)));
    }

    [Fact]
    public void Incomes_ShowInAmounts()
    {
        double MedianOf(Func<CustomerProfile, bool> wanted)
        {
            var amounts = small.Rows.Where(
                row => row.Label == default && row.Transaction.Mcc == 5411 && wanted(small.CustomerByCard[row.Transaction.CardToken]))
                .Select(row => CurrencyRates.Default.ToReference(row.Transaction.AmountMinor, row.Transaction.Currency)).Order().ToList();
            return amounts[amounts.Count / 2];
        }

        Assert.True(MedianOf(customer => customer.SpendingLog > 0.4) > 1.4 * MedianOf(customer => customer.SpendingLog < -0.4));
    }
}
