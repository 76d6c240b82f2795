using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Decisions;

public sealed class SalienceTests
{
    /// <summary>The feature's value, the card's payments before, and whether the story then stands out.</summary>
    [Theory]
    [InlineData(Feature.HourSurprise, 1.3, 50, false)]
    [InlineData(Feature.HourSurprise, 1.5, 50, true)]
    [InlineData(Feature.HourSurprise, 3, 19, false)]
    [InlineData(Feature.SmallAmounts1Hour, 0, 50, false)]
    [InlineData(Feature.SmallAmounts1Hour, 2, 50, false)]
    [InlineData(Feature.SmallAmounts1Hour, 3, 50, true)]
    [InlineData(Feature.NewCountry, 1, 4, false)]
    [InlineData(Feature.NewCountry, 1, 5, true)]
    [InlineData(Feature.NewCountry, 0, 50, false)]
    [InlineData(Feature.RecentAmountShift, 0.6, 50, false)]
    [InlineData(Feature.RecentAmountShift, 0.7, 50, true)]
    [InlineData(Feature.MerchantRisk7Days, 0.6, 0, false)]
    [InlineData(Feature.MerchantRisk7Days, 0.7, 0, true)]
    [InlineData(Feature.MerchantSmallAmounts, -1, 0, false)]
    [InlineData(Feature.MerchantAmountZ, -2.5, 0, true)]
    [InlineData(Feature.WrongPins1Hour, 1, 50, false)]
    [InlineData(Feature.WrongPins1Hour, 2, 50, true)]
    [InlineData(Feature.CountryRarity, 4, 50, false)]
    [InlineData(Feature.CountryRarity, 5, 50, true)]
    [InlineData(Feature.SinceFraudLog, 4, 50, true)]
    [InlineData(Feature.SinceFraudLog, 5, 50, false)]
    [InlineData(Feature.PlaceKnown, 0, 50, false)]
    [InlineData(Feature.CardAge, 0, 0, true)]
    public void StandsOut_OfAStoryAboutOneFeature(Feature feature, float value, int payments, bool stands)
    {
        var features = new float[FeatureSchema.Count];
        features[(int)feature] = value;
        Assert.Equal(stands, StandsOut(feature, features, new CardNorms(payments, 46, 0)));
    }

    [Theory]
    [InlineData(99, 2_000, false)]
    [InlineData(101, 2_000, true)]
    [InlineData(101, 800, false)]
    public void StandsOut_OfTravel_NeedsADistance(double km, double kmPerHour, bool stands)
    {
        var features = new float[FeatureSchema.Count];
        features[(int)Feature.DistanceLog] = (float)Math.Log(1 + km);
        features[(int)Feature.SpeedLog] = (float)Math.Log(1 + kmPerHour);
        Assert.Equal(stands, StandsOut(Feature.SpeedLog, features, new CardNorms(50, 46, 0)));
        features[(int)Feature.CentreZ] = 2;
        Assert.Equal(km >= 100, StandsOut(Feature.SpeedLog, features, new CardNorms(50, 46, 0)));
    }

    [Theory]
    [InlineData(20.5, true)]
    [InlineData(5, true)]
    [InlineData(21, false)]
    public void StandsOut_OfAnAmount_NeedsTwiceTheCardsUsual(double usual, bool stands) =>
        Assert.Equal(stands, StandsOut(Feature.AmountZ, new float[FeatureSchema.Count], new CardNorms(50, usual, 0)));

    /// <summary>A usual payment is a hundred times the daily mean of a card that pays twice a year.</summary>
    [Theory]
    [InlineData(41, false)]
    [InlineData(20, true)]
    public void StandsOut_OfSpending_NeedsMoreThanOneUsualPayment(double usual, bool stands)
    {
        var features = new float[FeatureSchema.Count];
        features[(int)Feature.Sum30Days] = MathF.Log(1 + 12);
        Assert.Equal(stands, StandsOut(Feature.SumBurst1Day, features, new CardNorms(50, usual, 0)));
    }

    private static bool StandsOut(Feature feature, float[] features, CardNorms norms)
    {
        var story = ReasonStory.Of(feature, TestTransactions.Valid(), features, norms, CurrencyRates.Default);
        return Salience.StandsOut(story, feature, features, norms);
    }
}
