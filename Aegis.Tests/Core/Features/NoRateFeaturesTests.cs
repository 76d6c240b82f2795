using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Features;

/// <summary>A payment in a currency that an operator has added without a rate: it is decided, and its amount is compared with
/// nothing.</summary>
public sealed class NoRateFeaturesTests
{
    private const string NoRate = "QNR";
    private readonly ShardHistories _histories = new(CurrencyRates.Default);

    public NoRateFeaturesTests() => AddedCodes.Take($"{NoRate}:2", null);

    [Fact]
    public void Extract_OfAnAmountWithoutARate_DoesNotDependOnTheAmount()
    {
        Add(4_000, 0);
        Add(6_000, 60);
        var small = Features(1, 120);
        Assert.Equal(small, Features(999_999_999, 120));
        Assert.All(small, value => Assert.True(float.IsFinite(value)));
        Assert.All(
            [Feature.AmountZ, Feature.AmountToMaximum, Feature.SumBurst1Day, Feature.MerchantAmountZ],
            feature => Assert.Equal(0, small[(int)feature]));
        Assert.Equal((float)_histories.Facts.Population.AmountMean, small[(int)Feature.AmountLog]);
    }

    [Theory]
    [InlineData(PaymentKind.Purchase)]
    [InlineData(PaymentKind.Refund)]
    public void Add_OfAnAmountWithoutARate_MakesNoNorm(PaymentKind kind)
    {
        Add(4_000, 0);
        var before = Features(5_000, 200, "EUR");
        Add(90_000, 100, NoRate, kind);
        Assert.Equal(before, Features(5_000, 200, "EUR"));
    }

    [Fact]
    public void Reasons_OfItsAmountFeatures_SayThatThereIsNoRate()
    {
        var shares = new double[FeatureSchema.Count];
        (shares[(int)Feature.AmountLog], shares[(int)Feature.SumBurst1Day], shares[(int)Feature.NewMerchant]) = (0.5, 0.3, 0.2);
        var reasons = ReasonWriter.Write(
            Of(4_120, 0, NoRate, PaymentKind.Purchase), Features(4_120, 0), shares, default, CurrencyRates.Default);
        Assert.Equal("NO_EXCHANGE_RATE", reasons[0].Code);
        Assert.Equal("41.20 QNR was not compared: there is no exchange rate for QNR.", reasons[0].Text);
        Assert.Equal((2, 0.8), (reasons.Count, reasons[0].Share));
    }

    [Fact]
    public void Reasons_OfOtherFeaturesAlone_SaySoToo()
    {
        var shares = new double[FeatureSchema.Count];
        (shares[(int)Feature.NewMerchant], shares[(int)Feature.HourSurprise]) = (0.6, 0.4);
        var reasons = ReasonWriter.Write(
            Of(4_120, 0, NoRate, PaymentKind.Purchase), Features(4_120, 0), shares, default, CurrencyRates.Default);
        Assert.Equal(("NO_EXCHANGE_RATE", 0), (reasons[^1].Code, reasons[^1].Share));
        var compared = ReasonWriter.Write(
            Of(4_120, 0, "EUR", PaymentKind.Purchase), Features(4_120, 0), shares, default, CurrencyRates.Default);
        Assert.DoesNotContain("NO_EXCHANGE_RATE", compared.Select(reason => reason.Code));
    }

    private void Add(long amount, int second, string currency = "EUR", PaymentKind kind = PaymentKind.Purchase) =>
        Assert.True(_histories.Add(Of(amount, second, currency, kind)));

    private float[] Features(long amount, int second, string currency = NoRate)
    {
        var f = new float[FeatureSchema.Count];
        _histories.Extract(Of(amount, second, currency, PaymentKind.Purchase), f);
        return f;
    }

    private static Transaction Of(long amount, int second, string currency, PaymentKind kind) => TestTransactions.Valid($"p-{second}") with
    {
        AmountMinor = amount, Currency = currency, Kind = kind, EventTime = TestTransactions.Noon.AddSeconds(second),
    };
}
