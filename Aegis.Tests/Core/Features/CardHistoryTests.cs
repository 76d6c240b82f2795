using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Features;

public sealed class CardHistoryTests
{
    private const double Unknown = -7;

    private readonly CardProbe _probe = new();

    [Theory]
    [InlineData(0, new float[0])]
    [InlineData(1, new float[] { 1 })]
    [InlineData(7, new float[] { 7, 6, 5, 4, 3, 2, 1 })]
    [InlineData(8, new float[] { 8, 7, 6, 5, 4, 3, 2, 1 })]
    [InlineData(9, new float[] { 9, 8, 7, 6, 5, 4, 3, 2 })]
    [InlineData(20, new float[] { 20, 19, 18, 17, 16, 15, 14, 13 })]
    public void RecentPayments_AreTheLastEightNewestFirst(int count, float[] amounts)
    {
        for (var i = 1; i <= count; i++)
        {
            Add(Of(Midnight + i, i));
        }

        Assert.Equal(amounts, Card.RecentPayments().Select(recent => recent.Amount));
        Assert.Equal(amounts.Order(), Card.RecentSoFar().ToArray().Select(recent => recent.Amount).Order());
        Assert.Equal(count, Card.Count);
    }

    [Fact]
    public void RecentPayments_HoldWhatAPaymentWas()
    {
        Add(Of(Midnight + 5, 12.5, mcc: 5541, Channel.Atm, "FR"));
        Assert.Equal(
            [new RecentPayment(Midnight + 5, 12.5f, RecentPayment.Pack("FR"), MerchantCategory.Fuel, Channel.Atm)], Card.RecentPayments());
    }

    [Fact]
    public void UsualAmount_IsTheGeometricMeanOfWhatWasPaid()
    {
        Assert.Equal((0, 0), (Card.UsualAmount, Card.UsualAmountIn(MerchantCategory.Grocery)));
        Add(Of(Midnight, 9));
        Add(Of(Midnight, 99));
        Add(Of(Midnight, 0, mcc: 5541));
        // Of 10, 100 and 1, with 1 added to each amount.
        Assert.Equal(9, Card.UsualAmount, 1e-4);
        Assert.Equal(Math.Sqrt(1_000) - 1, Card.UsualAmountIn(MerchantCategory.Grocery), 1e-4);
        Assert.Equal(0, Card.UsualAmountIn(MerchantCategory.Fuel));
        Assert.Equal(0, Card.UsualAmountIn(MerchantCategory.Travel));
    }

    [Fact]
    public void UsualAmounts_OfMoreThan300Payments_ForgetTheOldest()
    {
        for (var i = 0; i < 600; i++)
        {
            Add(Of(Midnight, Math.Exp(1) - 1));
        }

        Add(Of(Midnight, Math.Exp(4) - 1));
        // The logarithm 4 among 300 that are 1 otherwise, not among 601.
        Assert.Equal(Math.Exp(1.01) - 1, Card.UsualAmount, 1e-3);
        Assert.Equal(Math.Exp(1.01) - 1, Card.UsualAmountIn(MerchantCategory.Grocery), 1e-3);
        Assert.Equal(601, Card.Count);
    }

    [Fact]
    public void LargestAmount_IsThatOfAllPayments()
    {
        Add(Of(Midnight, 20));
        Add(Of(Midnight + 1, 50));
        Add(Of(Midnight + 2, 49));
        Assert.Equal(50, Card.LargestAmount);
    }

    [Fact]
    public void LatenessOf_IsTheDistanceBehindTheNewest()
    {
        Assert.Equal(0, Card.LatenessOf(Of(Midnight)));
        Add(Of(Midnight));
        Assert.Equal(
            (0, 0, 1, DayMs),
            (Card.LatenessOf(Of(Midnight + 1)), Card.LatenessOf(Of(Midnight)), Card.LatenessOf(Of(Midnight - 1)),
                Card.LatenessOf(Of(Midnight - DayMs))));
        Add(Of(Midnight - HourMs));
        Assert.Equal(1, Card.LatenessOf(Of(Midnight - 1)));
    }

    [Fact]
    public void GapMs_IsTheTimeSinceThePaymentBefore()
    {
        Assert.Equal(Unknown, Card.GapMs(Of(Midnight), Unknown));
        Add(Of(Midnight));
        Add(Of(Midnight + 1_000));
        Add(Of(Midnight + 600));
        Assert.Equal(0, Card.GapMs(Of(Midnight + 1_000), Unknown));
        Assert.Equal(250, Card.GapMs(Of(Midnight + 1_250), Unknown));
        // Late ones: since the last remembered payment that is not after them.
        Assert.Equal(399, Card.GapMs(Of(Midnight + 999), Unknown));
        Assert.Equal(0, Card.GapMs(Of(Midnight + 600), Unknown));
        Assert.Equal(599, Card.GapMs(Of(Midnight + 599), Unknown));
        Assert.Equal(0, Card.GapMs(Of(Midnight), Unknown));
        Assert.Equal(Unknown, Card.GapMs(Of(Midnight - 1), Unknown));
    }

    [Fact]
    public void GapMs_OfALatePayment_KnowsTheLastEightOnly()
    {
        for (var i = 0; i <= CardHistory.RecentLength; i++)
        {
            Add(Of(Midnight + i));
        }

        Assert.Equal(0, Card.GapMs(Of(Midnight + 1), Unknown));
        Assert.Equal(Unknown, Card.GapMs(Of(Midnight), Unknown));
    }

    [Fact]
    public void VelocityAt_OnTime_DecaysAllThatCameBefore()
    {
        Assert.Equal((0, 0), VelocityOfAnHour(Midnight));
        Add(Of(Midnight, 10));
        Add(Of(Midnight + HourMs, 20));
        var (count, sum) = VelocityOfAnHour(Midnight + (2 * HourMs));
        Assert.Equal(Math.Exp(-2) + Math.Exp(-1), count, 1e-12);
        Assert.Equal((10 * Math.Exp(-2)) + (20 * Math.Exp(-1)), sum, 1e-12);
        Assert.Equal(1 + Math.Exp(-1), VelocityOfAnHour(Midnight + HourMs).Count, 1e-12);
    }

    [Fact]
    public void VelocityAt_AMomentBeforeTheNewest_LeavesOutWhatCameAfterIt()
    {
        Add(Of(Midnight, 10));
        Add(Of(Midnight + HourMs, 20));
        var (count, sum) = VelocityOfAnHour(Midnight + (HourMs / 2));
        Assert.Equal(Math.Exp(-0.5), count, 1e-12);
        Assert.Equal(10 * Math.Exp(-0.5), sum, 1e-12);
    }

    [Fact]
    public void Add_OfALatePayment_CountsItWithItsAgeAndKeepsTheNewest()
    {
        Add(Of(Midnight + HourMs, 20));
        Add(Of(Midnight, 10));
        Assert.Equal(Midnight + HourMs, Card.NewestMs);
        Assert.Equal(2, Card.Count);
        var (count, sum) = VelocityOfAnHour(Midnight + HourMs);
        Assert.Equal(1 + Math.Exp(-1), count, 1e-12);
        Assert.Equal(20 + (10 * Math.Exp(-1)), sum, 1e-12);
        Add(Of(Midnight + HourMs - 1, 0));
        Assert.Equal(Midnight + HourMs, Card.NewestMs);
        Add(Of(Midnight + HourMs, 5));
        Assert.Equal(25 + (10 * Math.Exp(-1)), VelocityOfAnHour(Midnight + HourMs).Sum, 1e-12);
    }

    // A first payment deviates from 30 by its distance in units of 30.
    [Theory]
    [InlineData(0, 0)]
    [InlineData(90, 0)]
    [InlineData(120, 1)]
    [InlineData(315, 7.5)]
    [InlineData(330, 8)]
    [InlineData(9_000, 8)]
    public void AmountExcess_IsADeviationAboveTwoAndAtMostEight(double amount, double excess)
    {
        Add(Of(Midnight, amount));
        Assert.Equal(excess, Card.AmountExcessAt(Midnight), 1e-5);
        Assert.Equal(excess, Card.AmountExcessAt(Midnight - HourMs), 1e-5);
        Assert.Equal(excess * Math.Exp(-1), Card.AmountExcessAt(Midnight + (7 * DayMs)), 1e-5);
        Assert.Equal(excess * Math.Exp(-1 / 7.0), Card.AmountExcessAt(Midnight + DayMs), 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void AmountExcess_OfASecondPayment_DecaysTheOlderOfBoth(int days)
    {
        Add(Of(Midnight, 120));
        // The mean of 120 and of five times 30 is 45; the deviation beside it is 45 √(5/6), or 4 of them above it.
        Add(Of(Midnight + (days * DayMs), 45 + (4 * 45 * Math.Sqrt(5.0 / 6))));
        var expected = days > 0 ? Math.Exp(-1 / 7.0) + 2 : 1 + (2 * Math.Exp(-1 / 7.0));
        Assert.Equal(expected, Card.AmountExcessAt(Midnight + (Math.Max(days, 0) * DayMs)), 1e-5);
    }

    [Fact]
    public void Hours_OfMoreThan200Payments_AreHalvedBeforeTheNextCounts()
    {
        for (var i = 0; i < 199; i++)
        {
            Add(Of(Midnight + (7 * HourMs)));
        }

        Add(Of(Midnight + (8 * HourMs)));
        Assert.Equal((199, 1, 200), (Card.Hours[7], Card.Hours[8], Card.HourTotal));
        Add(Of(Midnight + (9 * HourMs)));
        Assert.Equal((99, 0, 1, 100), (Card.Hours[7], Card.Hours[8], Card.Hours[9], Card.HourTotal));
    }

    [Fact]
    public void Habits_CountChannelsCategoriesMerchantsAndCountries()
    {
        Add(Of(channel: Channel.Moto, mcc: 5541, merchant: 11));
        Add(Of(channel: Channel.Moto, mcc: 5411, merchant: 12, country: "FR"));
        Add(Of(channel: Channel.Chip, mcc: 5411, merchant: 12));
        Assert.Equal((2, 1, 0), (Card.ChannelPayments[(int)Channel.Moto], Card.ChannelPayments[0], Card.ChannelPayments[1]));
        Assert.Equal((2, 1), (Card.CategoryPayments[(int)MerchantCategory.Grocery], Card.CategoryPayments[(int)MerchantCategory.Fuel]));
        Assert.True(KeyRing.Knows(Card.Merchants, 11) && KeyRing.Knows(Card.Merchants, 12) && !KeyRing.Knows(Card.Merchants, 13));
        Assert.Equal(-MathF.Log(16 * 2.5f / 11), KeyRing.Surprise(Card.Merchants, 12), 1e-5f);
        Assert.Equal(-MathF.Log(4 * 1.5f / 5), KeyRing.Surprise(Card.Countries, RecentPayment.Pack("FR")), 1e-5f);
        // A payment without a device is none of a device.
        Assert.True(KeyRing.IsEmpty(Card.Devices));
        Add(Of(device: 77));
        Assert.True(KeyRing.Knows(Card.Devices, 77));
    }

    [Fact]
    public void Places_AreThoseOfTheNewestPaymentAtATerminal()
    {
        Add(Of(Midnight, place: (50, 10)));
        Assert.Equal((Midnight, 50, 10), Place());
        Add(Of(Midnight + 2, Channel.Ecommerce, (60, 20)));
        Add(Of(Midnight + 3));
        Add(Of(Midnight - 1, place: (61, 21)));
        Assert.Equal((Midnight, 50, 10), Place());
        Add(Of(Midnight, place: (51, 11)));
        Assert.Equal((Midnight, 51, 11), Place());

        static Payment Of(long timeMs, Channel channel = Channel.Chip, (double, double)? place = null) =>
            TestPayments.Of(timeMs, channel: channel, place: place);
        (long, float, float) Place() => (Card.LastPlaceMs, Card.LastLatitude, Card.LastLongitude);
    }

    [Fact]
    public void Travel_AddsTripsAndMovesTheCentre()
    {
        Add(Of(Midnight, place: (50, 10)));
        Assert.Equal((0, 0), Card.Travel.After(0));
        Assert.Equal(0, Card.Centre.DistanceKm(50, 10), 1e-9);
        Add(Of(Midnight + DayMs, place: (51, 10)));
        var km = GreatCircle.DistanceKm(50, 10, 51, 10);
        var (day, month) = Card.Travel.After(DayMs);
        Assert.Equal(km * Math.Exp(-1), day, 1e-4);
        Assert.Equal(km * Math.Exp(-1 / 30.0), month, 1e-4);
        // Halfway, a little nearer to the newer place: the older one weighs exp(-1/30).
        Assert.Equal(km / (1 + Math.Exp(-1 / 30.0)), Card.Centre.DistanceKm(50, 10), 1e-3);
    }

    [Theory]
    [InlineData(5_000, 5)]
    [InlineData(4_999, 4)]
    [InlineData(0, 1)]
    [InlineData(4_294_967_296_000, uint.MaxValue)]
    public void AddVerdict_KeepsTheNewestSecondOfItsKind(long atMs, uint seconds)
    {
        Card.AddVerdict(Of().Labelled(isFraud: true, atMs));
        Assert.Equal((seconds, 0u), (Card.FraudVerdictSeconds, Card.GenuineVerdictSeconds));
        Card.AddVerdict(Of().Labelled(isFraud: true, 1));
        Card.AddVerdict(Of().Labelled(isFraud: false, 3_000));
        Assert.Equal((seconds, 3u), (Card.FraudVerdictSeconds, Card.GenuineVerdictSeconds));
        Card.AddVerdict(Of().Labelled(isFraud: false, 2_000));
        Assert.Equal(3u, Card.GenuineVerdictSeconds);
    }

    private ref CardHistory Card => ref _probe.Card;

    private void Add(in Payment payment) => _probe.Add(payment);

    private (double Count, double Sum) VelocityOfAnHour(long timeMs)
    {
        var (counts, sums) = (new double[DecayWindows.Count], new double[DecayWindows.Count]);
        Card.VelocityAt(Of(timeMs), counts, sums);
        return (counts[1], sums[1]);
    }
}
