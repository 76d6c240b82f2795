using Aegis.Core.Transactions;
using Aegis.Datasets.Simulation;

namespace Aegis.Tests.Datasets.Simulation;

public sealed class LookAlikeTests(SmallWorld small) : IClassFixture<SmallWorld>
{
    [Fact]
    public void Holidays_ArePaidForFirstAndSpentInAnotherCity()
    {
        var holidays = small.Of("holiday");
        var there = holidays.Where(payment => payment.Channel.IsCardPresent()).ToList();
        Assert.All(there, payment =>
        {
            var day = CalendarDay.NumberOf(payment.EventTime.ToUnixTimeMilliseconds());
            var customer = small.CustomerByCard[payment.CardToken];
            Assert.Contains(small.MerchantById[payment.MerchantId].City, new[] { -1, 0, 1 }.Select(shift => customer.CityOn(day + shift)));
        });
        Assert.InRange(there.Count(
            payment => payment.Country != City.All[small.CustomerByCard[payment.CardToken].ResidenceOn(
                SmallWorld.First.DayNumber).City].Country) / (double)there.Count, 0.6, 1);
        Assert.Contains(holidays, payment => payment.Mcc == 4722 && payment.Channel == Channel.Ecommerce);
    }

    [Fact]
    public void BigPurchases_AreFarAboveTheUsual()
    {
        var amounts = small.Of("big_purchase").Select(Euros).Order().ToList();
        var usual = small.Rows.Where(row => row.Label == default).Select(row => Euros(row.Transaction)).Order().ToList();
        Assert.True(amounts[amounts.Count / 2] > 5 * usual[usual.Count / 2]);
    }

    [Fact]
    public void NewPhones_BringDevicesThatStay()
    {
        var setUps = small.Of("new_phone").Where(payment => payment.DeviceId is not null).DistinctBy(payment => payment.CardToken).Take(200)
            .ToList();
        Assert.True(setUps.Count > 20);
        foreach (var payment in setUps)
        {
            var day = CalendarDay.NumberOf(payment.EventTime.ToUnixTimeMilliseconds() + (12 * CalendarDay.HourMs));
            var customer = small.CustomerByCard[payment.CardToken];
            var devices = Enumerable.Range(-1, 3)
                .SelectMany(shift => new[] { 0.0, 0.999 }.Select(choice => $"d{customer.DeviceOn(day + shift, choice):x12}"));
            Assert.Contains(payment.DeviceId, devices);
            Assert.NotEqual(customer.DeviceOn(day - 3, 0.999), customer.DeviceOn(day + 3, 0.999));
            Assert.Equal(customer.DeviceOn(day + 3, 0.999), customer.DeviceOn(day + 200, 0.999));
        }
    }

    [Fact]
    public void Movers_BuyForTheirNewHomeWhereItIs()
    {
        var bought = small.Of("move");
        Assert.True(bought.Count > 100);
        Assert.All(bought, payment =>
        {
            var home = small.CustomerByCard[payment.CardToken].ResidenceOn(
                CalendarDay.NumberOf(payment.EventTime.ToUnixTimeMilliseconds()));
            Assert.Equal(home.City, small.MerchantById[payment.MerchantId].City);
            Assert.Contains(payment.Mcc, new[] { 5712, 5732 });
        });
    }

    [Theory]
    [InlineData("shopping_spree", 3)]
    [InlineData("night_out", 2)]
    public void SpreesAndNightsOut_AreBursts(string name, double fewestADay)
    {
        var perDay = small.Of(name).GroupBy(payment => (payment.CardToken, payment.EventTime.AddHours(-9).Date))
            .Average(day => day.Count());
        Assert.InRange(perDay, fewestADay, 9);
    }

    [Fact]
    public void Festivals_BringManyCardsToOneMerchantOnOneDay()
    {
        var most = small.Of("festival").GroupBy(payment => (payment.MerchantId, payment.EventTime.Date))
            .Max(day => day.Select(payment => payment.CardToken).Distinct().Count());
        Assert.InRange(most, 5, 100);
    }

    private static double Euros(Transaction payment) => CurrencyRates.Default.ToReference(payment.AmountMinor, payment.Currency);
}
