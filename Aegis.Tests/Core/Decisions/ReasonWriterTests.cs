using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Decisions;

public sealed class ReasonWriterTests
{
    [Fact]
    public void Write_OfReasons_SpeaksOfTheCardsOwnNorm()
    {
        var histories = new ShardHistories(CurrencyRates.Default);
        for (var day = 1; day <= 20; day++)
        {
            histories.Add(TestTransactions.Valid($"t-{day}", at: TestTransactions.Noon.AddDays(-day), amountMinor: 4600));
        }

        var shares = new double[FeatureSchema.Count];
        shares[(int)Feature.AmountZ] = 0.7;
        shares[(int)Feature.AmountLog] = 0.2;
        shares[(int)Feature.NewCountry] = 0.1;
        var features = new float[FeatureSchema.Count];
        features[(int)Feature.NewCountry] = 1;
        var payment = TestTransactions.Valid("t-now", amountMinor: 41_400) with { Country = "FR" };
        var reasons = ReasonWriter.Write(
            payment, features, shares, CardNorms.Of(
                histories.CardOf(StableHash.Hash64(payment.CardToken)), MerchantCategories.Of(payment.Mcc)), histories.Rates);
        Assert.Equal(["AMOUNT_ABOVE_CARD_NORM", "NEW_COUNTRY"], reasons.Select(r => r.Code));
        Assert.Equal("414.00 EUR is 9.0 times this card's usual 46.00 EUR.", reasons[0].Text);
        Assert.Equal(0.9, reasons[0].Share, 9);
        Assert.Equal((414, 46, "EUR"), (
            reasons[0].Compared!.Observed, Math.Round(reasons[0].Compared!.Usual, 3), reasons[0].Compared!.Unit));
        Assert.Null(reasons[1].Compared);
    }

    [Theory]
    [InlineData(0, 0, "400.00 EUR is 4.0 times what is usual at grocery shops.")]
    [InlineData(20, 4_600, "400.00 EUR is 8.7 times this card's usual 46.00 EUR at grocery shops.")]
    [InlineData(1, 50_000, "400.00 EUR is 4.0 times what this card and others usually pay at grocery shops.")]
    public void Write_OfAnAmountInItsCategory_SaysNothingThatTheCardsOwnNormContradicts(int payments, long amountMinor, string expected)
    {
        var histories = new ShardHistories(CurrencyRates.Default);
        for (var day = 1; day <= payments; day++)
        {
            histories.Add(TestTransactions.Valid(
                $"t-{day}", at: TestTransactions.Noon.AddDays(-day), amountMinor: amountMinor) with { Mcc = 5411 });
        }

        var shares = new double[FeatureSchema.Count];
        shares[(int)Feature.AmountToCategory] = 1;
        var features = new float[FeatureSchema.Count];
        features[(int)Feature.AmountToCategory] = MathF.Log(4);
        var payment = TestTransactions.Valid("t-now", amountMinor: 40_000) with { Mcc = 5411 };
        var reason = Assert.Single(
            ReasonWriter.Write(
                payment, features, shares, CardNorms.Of(
                    histories.CardOf(StableHash.Hash64(payment.CardToken)), MerchantCategories.Of(payment.Mcc)), histories.Rates));
        Assert.Equal(expected, reason.Text);
    }

    [Fact]
    public void Write_OfAnySixFeatures_GivesAtMostFiveReasonsStrongestFirst()
    {
        const ulong Seed = 71;
        var random = new SeededRandom(Seed);
        var payment = TestTransactions.Valid("t-now");
        for (var round = 0; round < 500; round++)
        {
            var shares = new double[FeatureSchema.Count];
            var features = new float[FeatureSchema.Count];
            for (var i = 0; i < 6; i++)
            {
                var feature = random.NextInt(FeatureSchema.Count);
                shares[feature] = 1 + random.NextDouble();
                features[feature] = (float)(random.NextNormal() * 4);
            }

            var total = shares.Sum();
            var reasons = ReasonWriter.Write(
                payment, features, [.. shares.Select(share => share / total)], CardNorms.Of(features), CurrencyRates.Default);
            Assert.InRange(reasons.Count, 1, 5);
            Assert.Equal(reasons.OrderByDescending(reason => reason.Share), reasons);
            Assert.Equal(reasons.Count, reasons.Select(reason => reason.Code).Distinct().Count());
            Assert.All(reasons, reason => Assert.True(
                reason.Compared is not { } compared
                || double.IsFinite(compared.Observed + compared.Usual), $"seed {Seed}, round {round}: {reason}"));
        }
    }

    [Fact]
    public void Write_OfACategoryNewToTheCard_DoesNotSayThatTheCardPaysThere()
    {
        var reason = Assert.Single(
            ReasonWriter.Write(
                Payment, Features((Feature.AmountToCategory, MathF.Log(4))), Shares(Feature.AmountToCategory), new CardNorms(20, 46, 0),
                CurrencyRates.Default));
        Assert.Equal("414.00 EUR is 4.0 times what is usual at grocery shops.", reason.Text);
    }

    [Fact]
    public void Write_OfAnAmountBelowTheCardsOwnNorm_SaysBoth()
    {
        var reason = Assert.Single(
            ReasonWriter.Write(
                Payment, Features((Feature.AmountZ, 2)), Shares(Feature.AmountZ), new CardNorms(20, 500, 0), CurrencyRates.Default));
        Assert.Equal(
            ("AMOUNT", "414.00 EUR, where this card usually pays 500.00 EUR.", new Comparison(414, 500, "EUR")),
            (reason.Code, reason.Text, reason.Compared));
    }

    [Theory]
    [InlineData(Feature.SumBurst1Day, "With this payment about 474 EUR were spent in the last day; this card's mean is 10.00 EUR.", 474, 10,
        "EUR")]
    [InlineData(Feature.SumBurst7Days, "With this payment about 514 EUR were spent in the last 7 days; this card's mean is 70.00 EUR.", 514,
        70, "EUR")]
    [InlineData(Feature.CountBurst, "About 3.0 payments of this card in the last day; 0.2 a day are usual.", 3, 0.2, "payments a day")]
    [InlineData(Feature.GapRatio, "59 seconds after the card's last payment; 5 days is usual.", 59, 432_000, "seconds")]
    [InlineData(Feature.CentreZ, "50 km from where this card is usually used at terminals; 5 km is usual.", 50, 5, "km")]
    [InlineData(Feature.AmountToMaximum, "414.00 EUR is more than this card has ever paid; the largest amount so far was 102.75 EUR.", 414,
        102.75, "EUR")]
    public void Write_OfANumberBesideTheCardsOwn_SaysTheNumbersThatItCompares(
        Feature feature, string text, double observed, double usual, string unit)
    {
        var features = Features(
            (Feature.Sum1Day, MathF.Log(61)), (Feature.Sum7Days, MathF.Log(101)), (Feature.Sum30Days, MathF.Log(301)), (
                Feature.Count1Day, MathF.Log(4)), (Feature.Count30Days, MathF.Log(7)),
            (Feature.GapLog, MathF.Log(60)), (Feature.CentreDistanceLog, MathF.Log(51)), (Feature.CentreZ, 10), (
                Feature.AmountToMaximum, MathF.Log(4)));
        var reason = Assert.Single(ReasonWriter.Write(Payment, features, Shares(feature), new CardNorms(6, 46, 0), CurrencyRates.Default));
        Assert.Equal((text, unit), (reason.Text, reason.Compared!.Unit));
        Assert.Equal(observed, reason.Compared.Observed, observed * 1e-5);
        Assert.Equal(usual, reason.Compared.Usual, usual * 1e-5);
    }

    [Fact]
    public void Norms_OfTheVectorAlone_AreThoseOfTheHistory()
    {
        var histories = new ShardHistories(CurrencyRates.Default);
        for (var day = 20; day >= 1; day--)
        {
            histories.Add(TestTransactions.Valid($"t-{day}", at: TestTransactions.Noon.AddDays(-day), amountMinor: 4600));
        }

        var payment = TestTransactions.Valid("t-now", amountMinor: 41_400);
        var features = new float[FeatureSchema.Count];
        var byHistory = CardNorms.Of(histories.CardOf(StableHash.Hash64(payment.CardToken)), MerchantCategories.Of(payment.Mcc));
        histories.ExtractAndAdd(payment, features);
        var byVector = CardNorms.Of(features);
        Assert.Equal(byHistory.Payments, byVector.Payments);
        Assert.Equal(byHistory.Amount, byVector.Amount, 0.01);
        Assert.Equal(0, byVector.AmountInCategory);
        Assert.Equal(default, CardNorms.Of(new float[FeatureSchema.Count]));
    }

    private static Transaction Payment { get; } = TestTransactions.Valid("t-now", amountMinor: 41_400) with { Mcc = 5411 };

    private static double[] Shares(Feature feature)
    {
        var shares = new double[FeatureSchema.Count];
        shares[(int)feature] = 1;
        return shares;
    }

    private static float[] Features(params (Feature Feature, float Value)[] values)
    {
        var features = new float[FeatureSchema.Count];
        foreach (var (feature, value) in values)
        {
            features[(int)feature] = value;
        }

        return features;
    }
}
