using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core;

public sealed class FeatureTests
{
    private readonly ShardHistories _histories = new(CurrencyRates.Default);

    [Fact]
    public void Add_UnderWhateverFacts_RemembersTheSame()
    {
        var (bare, informed) = (new ShardHistories(CurrencyRates.Default), new ShardHistories(CurrencyRates.Default));
        var others = new FactCounts();
        for (var i = 0; i < 500; i++)
        {
            others.Add(Payment.Of(TestTransactions.Valid($"o-{i}") with { AmountMinor = 9_000_000 }, CurrencyRates.Default),
                isNewAtMerchant: i == 0);
        }

        informed.Facts.Add(1, others);
        var features = new float[FeatureSchema.Count];
        for (var i = 0; i < 200; i++)
        {
            var payment = TestTransactions.Valid($"t-{i}", $"card-{i % 7}", TestTransactions.Noon.AddHours(i), 100 + (i * i * 31 % 70_000));
            bare.Add(payment);
            informed.ExtractAndAdd(payment, features);
        }

        Assert.Equal(bare.Fingerprint(), informed.Fingerprint());
    }

    [Fact]
    public void Encode_KeepsOnlyTheSuspiciousSide()
    {
        var scaled = FeatureSchema.All.Where(f => f.Role is ModelRole.Scaled or ModelRole.WhereSeen).ToArray();
        var scaler = new FeatureScaler(FeatureSchema.DefaultInputs, [.. scaled.Select(_ => 1f)], [.. scaled.Select(_ => 2f)]);
        foreach (var value in new[] { -3f, 5f })
        {
            var features = FeatureSchema.All.Select(f => f.Role is ModelRole.Scaled or ModelRole.WhereSeen ? value : 1).ToArray();
            var inputs = scaler.EncodeAll(features);
            var z = (value - 1) / 2;
            Assert.Equal(scaled.Select(
                f => f.Side switch { SuspiciousSide.High => Math.Max(0, z), SuspiciousSide.Low => Math.Max(0, -z),
                SuspiciousSide.Both => Math.Abs(z), _ => z }), inputs[..scaled.Length]);
            Assert.Equal(FeatureSchema.All.Count(f => f.Role == ModelRole.OneHot), inputs[scaled.Length..].Sum());
        }
    }

    [Fact]
    public void Extract_OfFirstPayment_IsNeutral()
    {
        var f = Extract(TestTransactions.Valid());
        Assert.Equal(0, f[(int)Feature.AmountToMaximum]);
        Assert.Equal(0, f[(int)Feature.NewCountry]);
        Assert.Equal(0, f[(int)Feature.SpeedLog]);
        Assert.Equal(0, f[(int)Feature.CardAge]);
        Assert.Equal(Math.Log(1 + (30 * 86_400.0)), f[(int)Feature.GapLog], 4);
    }

    [Fact]
    public void Extract_OfDecayedCounts_FollowsTheClosedForm()
    {
        _histories.Add(TestTransactions.Valid("a", at: TestTransactions.Noon.AddHours(-2), amountMinor: 1000));
        _histories.Add(TestTransactions.Valid("b", at: TestTransactions.Noon.AddHours(-1), amountMinor: 3000));
        var f = Extract(TestTransactions.Valid("c"));
        var count = Math.Exp(-2) + Math.Exp(-1);
        var sum = (10 * Math.Exp(-2.0 / 24)) + (30 * Math.Exp(-1.0 / 24));
        Assert.Equal(Math.Log(1 + count), f[(int)Feature.Count1Hour], 5);
        Assert.Equal(Math.Log(1 + sum), f[(int)Feature.Sum1Day], 5);
        Assert.Equal(Math.Log(1 + 3600.0), f[(int)Feature.GapLog], 5);
    }

    [Fact]
    public void Extract_OfLateArrival_CountsItWithItsTrueAge()
    {
        _histories.Add(TestTransactions.Valid("b", at: TestTransactions.Noon.AddHours(-1)));
        _histories.Add(TestTransactions.Valid("a", at: TestTransactions.Noon.AddHours(-2)));
        var late = Extract(TestTransactions.Valid("c"));
        var inOrder = new ShardHistories(CurrencyRates.Default);
        inOrder.Add(TestTransactions.Valid("a", at: TestTransactions.Noon.AddHours(-2)));
        inOrder.Add(TestTransactions.Valid("b", at: TestTransactions.Noon.AddHours(-1)));
        var expected = new float[FeatureSchema.Count];
        inOrder.Extract(TestTransactions.Valid("c"), expected);
        Assert.Equal(expected[(int)Feature.Count1Day], late[(int)Feature.Count1Day], 5);
        Assert.Equal(expected[(int)Feature.GapLog], late[(int)Feature.GapLog], 5);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(3_600)]
    [InlineData(80_000)]
    public void Extract_OfLatePayment_SeesOnlyWhatHappenedBeforeIt(int secondsLate)
    {
        // Two payments happened before the late one, three after it.
        DateTimeOffset late = TestTransactions.Noon.AddSeconds(-secondsLate);
        Transaction[] before = [TestTransactions.Valid("a", at: late.AddHours(-5), amountMinor: 900), TestTransactions.Valid(
            "b", at: late.AddMinutes(-8), amountMinor: 4_000)];
        Transaction[] after = [.. Enumerable.Range(0, 3)
            .Select(i => TestTransactions.Valid($"after-{i}", at: late.AddSeconds(1 + (secondsLate / 3.0 * i)), amountMinor: 70_000))];
        var inOrder = new ShardHistories(CurrencyRates.Default);
        Array.ForEach(before, t => inOrder.Add(t));
        var expected = new float[FeatureSchema.Count];
        inOrder.Extract(TestTransactions.Valid("late", at: late), expected);

        Array.ForEach([.. before, .. after], t => _histories.Add(t));
        var found = Extract(TestTransactions.Valid("late", at: late));
        for (var feature = Feature.Count10Minutes; feature <= Feature.Sum30Days; feature++)
        {
            Assert.Equal(expected[(int)feature], found[(int)feature], 3);
        }

        Assert.Equal(expected[(int)Feature.GapLog], found[(int)Feature.GapLog], 5);
    }

    [Fact]
    public void Extract_OfTripAcrossTheOcean_ComputesDistanceAndSpeed()
    {
        _histories.Add(TestTransactions.Valid("a", at: TestTransactions.Noon.AddHours(-1)));
        var f = Extract(TestTransactions.Valid("b") with { Latitude = 40.71, Longitude = -74.01, Country = "US" });
        // Berlin to New York: 6,385 km on a great circle.
        Assert.Equal(6385, Math.Exp(f[(int)Feature.DistanceLog]) - 1, 20.0);
        Assert.Equal(6385, Math.Exp(f[(int)Feature.SpeedLog]) - 1, 20.0);
        Assert.Equal(1, f[(int)Feature.NewCountry]);
    }

    [Fact]
    public void Extract_OfOnlinePayment_HasNoSpeed()
    {
        _histories.Add(TestTransactions.Valid("a", at: TestTransactions.Noon.AddHours(-1)));
        var f = Extract(TestTransactions.Valid("b") with { Latitude = 40.71, Longitude = -74.01, Channel = Channel.Ecommerce });
        Assert.Equal(0, f[(int)Feature.SpeedLog]);
    }

    [Fact]
    public void Extract_OfForeignCurrency_ComparesInTheReferenceCurrency()
    {
        _histories.Add(TestTransactions.Valid("a", at: TestTransactions.Noon.AddDays(-1), amountMinor: 10_000));
        var yen = (long)Math.Round(100 * CurrencyRates.Default.Rates["JPY"]);
        var f = Extract(TestTransactions.Valid("b", amountMinor: yen) with { Currency = "JPY" });
        Assert.Equal(0, f[(int)Feature.AmountToMaximum], 3);
    }

    [Fact]
    public void Extract_AllocatesNothing()
    {
        var features = new float[FeatureSchema.Count];
        var transaction = TestTransactions.Valid();
        // In steady state: the runtime itself may allocate while it compiles a method anew.
        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
            {
                _histories.ExtractAndAdd(transaction, features);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void CardHistory_FitsItsBudgetOfBytes() => Assert.InRange(System.Runtime.CompilerServices.Unsafe.SizeOf<CardHistory>(), 1, 640);

    [Fact]
    public void Slab_KeepsReferencesGoodWhileItGrows()
    {
        var slab = new HistorySlab<CardHistory>();
        ref var first = ref slab[slab.SlotOf(1)];
        for (ulong key = 2; key < 5_000; key++)
        {
            slab.SlotOf(key);
        }

        first.PaymentCount = 42;
        Assert.Equal(42, slab[slab.SlotOf(1)].Count);
        Assert.Equal(4_999, slab.Count);
    }

    private float[] Extract(Transaction transaction)
    {
        var features = new float[FeatureSchema.Count];
        _histories.Extract(transaction, features);
        return features;
    }
}
