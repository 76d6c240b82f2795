using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Features;

/// <summary>Features from facts and labels, in closed form on hand-written streams.</summary>
public sealed class FactFeaturesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ShardedHistories _histories = new(CurrencyRates.Default, shardCount: 4, labelDelayDays: 7);
    private readonly float[] _features = new float[FeatureSchema.Count];

    [Fact]
    public void Extract_OfFraudsAtAMerchant_FollowsTheShrunkRateOnceTheDelayHasPassed()
    {
        // Ten payments at the merchant on day 0, three of them frauds; ninety elsewhere: the base rate is 3 in 100.
        for (var i = 0; i < 100; i++)
        {
            var payment = Pay($"c-{i}", i < 10 ? "risky" : "other", Start.AddMinutes(i));
            Add(payment);
            if (i < 3)
            {
                _histories.AddLabel(Compact(payment).Labelled(isFraud: true, payment.EventTime.AddMinutes(1).ToUnixTimeMilliseconds()));
            }
        }

        PassBarriers(Start.AddDays(1));
        Add(Pay("c-200", "risky", Start.AddDays(7).AddHours(23)));
        Assert.Equal(0, _features[(int)Feature.MerchantRisk30Days]);

        Add(Pay("c-201", "risky", Start.AddDays(8)));
        var expected = Math.Log((3 + 1) / ((10 * 0.03) + 1));
        Assert.Equal(expected, _features[(int)Feature.MerchantRisk1Day], 5);
        Assert.Equal(expected, _features[(int)Feature.MerchantRisk7Days], 5);
        Assert.Equal(expected, _features[(int)Feature.MerchantRisk30Days], 5);

        Add(Pay("c-202", "risky", Start.AddDays(9)));
        Assert.Equal(0, _features[(int)Feature.MerchantRisk1Day]);
        Assert.True(_features[(int)Feature.MerchantRisk7Days] > 1);
        Add(Pay("c-203", "other", Start.AddDays(9)));
        Assert.Equal(0, _features[(int)Feature.MerchantRisk30Days]);
    }

    [Fact]
    public void Extract_OfDeviceAndBinWithAFraud_SeesBothRates()
    {
        var payment = Pay("c-1", "m", Start) with { DeviceId = "d-1", CardBin = "411111", CardLastFour = "1111" };
        Add(payment);
        Add(Pay("c-2", "m", Start.AddMinutes(1)));
        _histories.AddLabel(Compact(payment).Labelled(isFraud: true, payment.EventTime.ToUnixTimeMilliseconds()));
        PassBarriers(Start.AddDays(1));
        Add(Pay("c-3", "n", Start.AddDays(8)) with { DeviceId = "d-1", CardBin = "411111", CardLastFour = "2222" });
        var expected = Math.Log(2 / ((1 * 0.5) + 1));
        Assert.Equal(expected, _features[(int)Feature.DeviceRisk7Days], 5);
        Assert.Equal(expected, _features[(int)Feature.BinRisk7Days], 5);
        Assert.Equal(0, _features[(int)Feature.MerchantRisk7Days]);
    }

    [Fact]
    public void Extract_AfterVerdicts_TellsDaysSinceEach()
    {
        var payment = Pay("c-1", "m", Start);
        Add(payment);
        Assert.Equal(Math.Log(366), _features[(int)Feature.SinceFraudLog], 5);
        _histories.AddLabel(Compact(payment).Labelled(isFraud: true, Start.AddDays(1).ToUnixTimeMilliseconds()));
        _histories.AddLabel(Compact(payment).Labelled(isFraud: false, Start.AddDays(2).ToUnixTimeMilliseconds()));
        Add(Pay("c-1", "m", Start.AddDays(4)));
        Assert.Equal(Math.Log(1 + 3), _features[(int)Feature.SinceFraudLog], 5);
        Assert.Equal(Math.Log(1 + 2), _features[(int)Feature.SinceGenuineLog], 5);
    }

    [Fact]
    public void Extract_OfMerchantUnderAttack_SeesSmallAmountsAndNewCards()
    {
        // A day at 24 payments of one card, then an hour of 40 cards with 1 EUR each.
        for (var hour = 0; hour < 24; hour++)
        {
            Add(Pay("regular", "m", Start.AddHours(hour)));
        }

        for (var i = 0; i < 40; i++)
        {
            Add(Pay($"tested-{i}", "m", Start.AddHours(24).AddMinutes(i)) with { AmountMinor = 100 });
        }

        PassBarriers(Start.AddHours(25));
        var end = Start.AddHours(26);
        Add(Pay("next", "m", end.AddMinutes(30)));
        // The 40 count from their interval's end, an hour and a half ago.
        var (day, month) = (40 * Math.Exp(-1.5 / 24), 40 * Math.Exp(-1.5 / 720));
        Assert.Equal(Math.Log((day + 0.5) / ((month / 30) + 0.5)), _features[(int)Feature.MerchantSmallAmounts], 4);
        Assert.InRange(_features[(int)Feature.MerchantNewCards], 2.5, 3.5);
        Assert.InRange(Math.Exp(_features[(int)Feature.MerchantCards]) - 1, 30, 55);
    }

    [Fact]
    public void Extract_BeforeAnyFacts_IsNeutral()
    {
        Add(Pay("c-1", "m", Start));
        for (var feature = Feature.MerchantAge; feature <= Feature.MerchantSmallAmounts; feature++)
        {
            Assert.True(feature == Feature.MerchantAmountZ || _features[(int)feature] == 0, $"{feature} is {_features[(int)feature]}");
        }

        Assert.Equal(0, _features[(int)Feature.CategoryRarity]);
        Assert.Equal(0, _features[(int)Feature.CountryRarity]);
        for (var feature = Feature.MerchantRisk1Day; feature <= Feature.BinRisk30Days; feature++)
        {
            Assert.Equal(0, _features[(int)feature]);
        }
    }

    [Fact]
    public void Read_OfWrittenTable_KnowsTheSame()
    {
        var payment = Pay("c-1", "m", Start) with { DeviceId = "d-1" };
        Add(payment);
        _histories.AddLabel(Compact(payment).Labelled(isFraud: true, payment.EventTime.ToUnixTimeMilliseconds()));
        PassBarriers(Start.AddDays(1));
        var read = FactTable.Read(_histories.Facts.ToBytes().Span);
        Assert.Equal(_histories.Facts.Fingerprint(), read.Fingerprint());
        Assert.Throws<FormatException>(() => FactTable.Read(_histories.Facts.ToBytes().Span[..^1]));
    }

    private static Transaction Pay(string card, string merchant, DateTimeOffset at) =>
        TestTransactions.Valid($"{card}-{at.ToUnixTimeMilliseconds()}", card, at) with { MerchantId = merchant };

    private static Payment Compact(Transaction transaction) => Payment.Of(transaction, CurrencyRates.Default);

    private void Add(Transaction transaction) => _histories.ExtractAndAdd(transaction, _features);

    /// <summary>Two payments of a bystander, an hour apart: what was counted before is published and read.</summary>
    private void PassBarriers(DateTimeOffset after)
    {
        Add(Pay("bystander", "elsewhere", after));
        Add(Pay("bystander", "elsewhere", after.AddHours(1)));
    }
}
