using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Features;

/// <summary>Refunds, reversals, verifications and refused payments: what they feed, and what they leave as it was.</summary>
public sealed class KindFeaturesTests
{
    private static readonly Transaction Purchase = TestTransactions.Valid("p-0");
    private readonly ShardHistories _histories = new(CurrencyRates.Default);
    private int _next;

    [Theory]
    [InlineData(PaymentKind.Refund, null)]
    [InlineData(PaymentKind.Reversal, null)]
    [InlineData(PaymentKind.Verification, null)]
    [InlineData(PaymentKind.Purchase, Authorisation.Declined)]
    [InlineData(PaymentKind.Withdrawal, Authorisation.Declined)]
    public void Add_OfWhatSpendsNothing_LeavesNormsHabitsAndVelocity(PaymentKind kind, Authorisation? authorisation)
    {
        Add(4_000, 0);
        Add(6_000, 60);
        var before = Features(5_000, 200);
        Add(90_000, 100, kind, authorisation);
        var after = Features(5_000, 200);
        Feature[] own = [Feature.RefundRatio, Feature.WrongPins1Hour, Feature.Refused1Hour, Feature.Verifications1Hour];
        foreach (var feature in Enum.GetValues<Feature>().Except(own))
        {
            Assert.Equal((feature, before[(int)feature]), (feature, after[(int)feature]));
        }

        Assert.NotEqual(own.Select(feature => before[(int)feature]), own.Select(feature => after[(int)feature]));
    }

    [Theory]
    [InlineData(PaymentKind.Purchase)]
    [InlineData(PaymentKind.Withdrawal)]
    [InlineData(PaymentKind.Transfer)]
    public void Add_OfWhatSpends_CountsAsSpending(PaymentKind kind)
    {
        Add(4_000, 0, kind, Authorisation.Approved);
        Assert.Equal(MathF.Log(2), Features(5_000, 0)[(int)Feature.CardAge]);
    }

    [Fact]
    public void Extract_OfARefund_ComparesItWithNoSpending()
    {
        Add(4_000, 0);
        Add(4_000, 60);
        var f = Features(400_000, 120, PaymentKind.Refund);
        Feature[] compared =
        [
            Feature.AmountZ, Feature.AmountDeviation, Feature.AmountToMean, Feature.AmountToMaximum, Feature.AmountToCategory,
            Feature.SumBurst1Day, Feature.SumBurst7Days, Feature.MerchantAmountZ, Feature.CategoryAmountZ,
        ];
        Assert.All(compared, feature => Assert.Equal((feature, 0f), (feature, f[(int)feature])));
        Assert.True(Features(400_000, 120)[(int)Feature.AmountZ] > 3);
    }

    [Fact]
    public void Extract_OfARefundWhereNothingWasBought_SaysSo()
    {
        Assert.Equal(1, Features(4_000, 0, PaymentKind.Refund)[(int)Feature.RefundWithoutPurchase]);
        Add(4_000, 0);
        Assert.Equal(0, Features(4_000, 60, PaymentKind.Refund)[(int)Feature.RefundWithoutPurchase]);
        Assert.Equal(1, Features(4_000, 60, PaymentKind.Reversal, merchant: "elsewhere")[(int)Feature.RefundWithoutPurchase]);
        Assert.Equal(0, Features(4_000, 60, merchant: "elsewhere")[(int)Feature.RefundWithoutPurchase]);
    }

    [Fact]
    public void Extract_CountsTheHoursWrongPins_ThisOneIncluded()
    {
        Assert.Equal(1, WrongPins(0));
        Assert.Equal(2, WrongPins(600));
        Assert.Equal(3, WrongPins(3_599));
        Assert.Equal(3, WrongPins(3_601));
        Assert.Equal(0, Features(4_000, 9_000)[(int)Feature.WrongPins1Hour]);
        for (var i = 0; i < 20; i++)
        {
            WrongPins(20_000 + i);
        }

        Assert.Equal(CardAttempts.Length + 1, WrongPins(20_030));
    }

    [Fact]
    public void Extract_OfALateRefund_CountsItWithItsAge()
    {
        Add(10_000, 0);
        Add(3_000, 7_200, PaymentKind.Refund);
        Add(2_000, 3_600, PaymentKind.Refund);
        var together = Features(10_000, 10_000)[(int)Feature.RefundRatio];
        var inOrder = new KindFeaturesTests();
        inOrder.Add(10_000, 0);
        inOrder.Add(2_000, 3_600, PaymentKind.Refund);
        inOrder.Add(3_000, 7_200, PaymentKind.Refund);
        Assert.Equal(inOrder.Features(10_000, 10_000)[(int)Feature.RefundRatio], together, 5);
        Assert.True(together > 0.2);
    }

    private float WrongPins(int second)
    {
        var f = new float[FeatureSchema.Count];
        _histories.ExtractAndAdd(
            Of(4_000, second) with { Authorisation = Authorisation.Declined, DeclineReason = DeclineReason.WrongPin }, f);
        return f[(int)Feature.WrongPins1Hour];
    }

    private void Add(long amount, int second, PaymentKind kind = PaymentKind.Purchase, Authorisation? authorisation = null) =>
        Assert.True(_histories.Add(Of(amount, second) with { Kind = kind, Authorisation = authorisation }));

    private float[] Features(long amount, int second, PaymentKind kind = PaymentKind.Purchase, string merchant = "m-1")
    {
        var f = new float[FeatureSchema.Count];
        _histories.Extract(Of(amount, second) with { Kind = kind, MerchantId = merchant }, f);
        return f;
    }

    private Transaction Of(long amount, int second) => Purchase with
    {
        Id = $"p-{_next++}", AmountMinor = amount, EventTime = TestTransactions.Noon.AddSeconds(second),
    };
}
