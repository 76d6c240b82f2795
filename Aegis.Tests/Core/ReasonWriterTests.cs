using Aegis.Core.Detection;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core;

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
        var payment = TestTransactions.Valid("t-now", amountMinor: 41_400) with { Country = "FR" };
        var reasons = ReasonWriter.Write(payment, features, shares, CardNorms.Of(histories.CardOf(StableHash.Hash64(payment.CardToken)), MerchantCategories.Of(payment.Mcc)), histories.Rates);
        Assert.Equal(["AMOUNT_ABOVE_CARD_NORM", "NEW_COUNTRY"], reasons.Select(r => r.Code));
        Assert.Equal("414.00 EUR is 9.0 times this card's usual 46.00 EUR.", reasons[0].Text);
        Assert.Equal(0.9, reasons[0].Share, 9);
        Assert.Equal((414, 46, "EUR"), (reasons[0].Compared!.Observed, Math.Round(reasons[0].Compared!.Usual, 3), reasons[0].Compared!.Unit));
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
            histories.Add(TestTransactions.Valid($"t-{day}", at: TestTransactions.Noon.AddDays(-day), amountMinor: amountMinor) with { Mcc = 5411 });
        }

        var shares = new double[FeatureSchema.Count];
        shares[(int)Feature.AmountToCategory] = 1;
        var features = new float[FeatureSchema.Count];
        features[(int)Feature.AmountToCategory] = MathF.Log(4);
        var payment = TestTransactions.Valid("t-now", amountMinor: 40_000) with { Mcc = 5411 };
        var reason = Assert.Single(ReasonWriter.Write(payment, features, shares, CardNorms.Of(histories.CardOf(StableHash.Hash64(payment.CardToken)), MerchantCategories.Of(payment.Mcc)), histories.Rates));
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
                features[feature] = (float)(random.NextGaussian() * 4);
            }

            var total = shares.Sum();
            var reasons = ReasonWriter.Write(payment, features, [.. shares.Select(share => share / total)], CardNorms.Of(features), CurrencyRates.Default);
            Assert.InRange(reasons.Count, 1, 5);
            Assert.Equal(reasons.OrderByDescending(reason => reason.Share), reasons);
            Assert.Equal(reasons.Count, reasons.Select(reason => reason.Code).Distinct().Count());
            Assert.All(reasons, reason => Assert.True(reason.Compared is not { } compared || double.IsFinite(compared.Observed + compared.Usual), $"seed {Seed}, round {round}: {reason}"));
        }
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
}
