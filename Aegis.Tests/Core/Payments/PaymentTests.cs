using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Payments;

public sealed class PaymentTests
{
    [Fact]
    public void Of_ATransaction_KeepsItsNumbers()
    {
        var payment = Payment.Of(
            TestTransactions.Valid() with { DeviceId = "d-1", CardBin = "411111", CardLastFour = "1111", Mcc = 5541 },
            CurrencyRates.Default);
        Assert.Equal(1_772_366_400_000, payment.TimeMs);
        Assert.Equal(41.2, payment.Amount, 1e-12);
        Assert.Equal(Math.Log(42.2), payment.AmountLog, 1e-12);
        Assert.Equal((MerchantCategory.Fuel, Channel.Chip), (payment.Category, payment.Channel));
        Assert.Equal("DE", RecentPayment.Unpack(payment.CountryCode));
        Assert.Equal(
            (StableHash.Hash64("card-1"), StableHash.Hash64("m-1"), StableHash.Hash64("d-1")),
            (payment.CardHash, payment.MerchantHash, payment.DeviceHash));
        Assert.Equal(
            (KeyRing.KeyOf(payment.MerchantHash), KeyRing.KeyOf(payment.DeviceHash)), (payment.MerchantKey, payment.DeviceKey));
        Assert.Equal(411_111u, payment.Bin);
        Assert.True(payment.HasPlace);
        Assert.Equal((52.52f, 13.4f), (payment.Latitude, payment.Longitude));
    }

    [Fact]
    public void Of_ATransactionInAnotherCurrency_IsInTheReferenceOne()
    {
        var rates = new CurrencyRates("t", "EUR", new Dictionary<string, double> { ["JPY"] = 160 });
        Assert.Equal(
            50, Payment.Of(TestTransactions.Valid(amountMinor: 8_000) with { Currency = "JPY" }, rates).Amount, 1e-9);
    }

    [Fact]
    public void Of_ATransactionWithoutDevicePlaceAndBin_HasZeros()
    {
        var payment = Payment.Of(TestTransactions.Valid() with { Latitude = null, Longitude = null }, CurrencyRates.Default);
        Assert.Equal((0ul, 0u, 0u, false), (payment.DeviceHash, payment.DeviceKey, payment.Bin, payment.HasPlace));
        Assert.Equal((0f, 0f), (payment.Latitude, payment.Longitude));
        Assert.False(payment.HasTerminalPlace);
        Assert.False(Payment.Of(TestTransactions.Valid() with { Latitude = null }, CurrencyRates.Default).HasPlace);
        Assert.False(Payment.Of(TestTransactions.Valid() with { Longitude = null }, CurrencyRates.Default).HasPlace);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("7", 7)]
    [InlineData("000012", 12)]
    [InlineData("411111", 411_111)]
    [InlineData("987654", 987_654)]
    [InlineData("999999", 999_999)]
    public void BinOf_Digits_IsTheirNumber(string digits, uint bin)
    {
        Assert.Equal(bin, Payment.BinOf(digits.AsSpan()));
        Assert.Equal(bin, Payment.BinOf(System.Text.Encoding.ASCII.GetBytes(digits).AsSpan()));
    }

    // 1 January 1970 was a Thursday.
    [Theory]
    [InlineData(0, 0, 0, 3)]
    [InlineData(HourMs - 1, 0, 0, 3)]
    [InlineData(HourMs, 0, 1, 3)]
    [InlineData(DayMs - 1, 0, 23, 3)]
    [InlineData(DayMs, 1, 0, 4)]
    [InlineData((4 * DayMs) - 1, 3, 23, 6)]
    [InlineData(4 * DayMs, 4, 0, 0)]
    [InlineData(Midnight + (13 * HourMs), 20_000, 13, 4)]
    public void Clock_IsThatOfUtc(long timeMs, int day, int hour, int dayOfWeek)
    {
        var payment = TestPayments.Of(timeMs);
        Assert.Equal((day, hour, dayOfWeek), (payment.Day, payment.Hour, payment.DayOfWeek));
        Assert.Equal(day, Payment.DayOf(timeMs));
        var utc = DateTimeOffset.FromUnixTimeMilliseconds(timeMs);
        Assert.Equal(((int)utc.DayOfWeek + 6) % 7, payment.DayOfWeek);
        Assert.Equal(utc.TimeOfDay.TotalHours, payment.HourOfDay, 1e-12);
    }

    [Theory]
    [InlineData(4.99, true)]
    [InlineData(5, false)]
    [InlineData(5.01, false)]
    [InlineData(0, true)]
    public void IsSmall_EndsBelowFive(double amount, bool expected) => Assert.Equal(expected, TestPayments.Of(amount: amount).IsSmall);

    [Theory]
    [InlineData(Channel.Chip, true)]
    [InlineData(Channel.Atm, true)]
    [InlineData(Channel.Ecommerce, false)]
    [InlineData(Channel.Moto, false)]
    public void HasTerminalPlace_TakesACardAtAKnownPlace(Channel channel, bool expected)
    {
        Assert.Equal(expected, TestPayments.Of(channel: channel, place: (0, 0)).HasTerminalPlace);
        Assert.False(TestPayments.Of(channel: channel).HasTerminalPlace);
    }

    [Fact]
    public void Labelled_NamesWhatThePaymentCountsFor()
    {
        var payment = TestPayments.Of(Midnight, card: 4, merchant: 5, device: 6, bin: 7);
        Assert.Equal(new LabelledPayment(4, 5, 6, 7, Midnight, Midnight + 9, true), payment.Labelled(isFraud: true, Midnight + 9));
        Assert.False(payment.Labelled(isFraud: false, Midnight).IsFraud);
    }
}
