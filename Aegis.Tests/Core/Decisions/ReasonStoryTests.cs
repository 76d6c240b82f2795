using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core.Decisions;

public sealed class ReasonStoryTests
{
    private static readonly CardNorms Known = new(20, 46, 0);
    private static readonly Transaction Payment = TestTransactions.Valid(amountMinor: 41_400) with
    {
        Country = "FR", CardBin = "411111", Channel = Channel.Moto, EventTime = TestTransactions.Noon.AddMinutes(185),
    };

    private readonly float[] _features = new float[FeatureSchema.Count];

    /// <summary>Every feature tells the story of its group, and none is forgotten.</summary>
    [Fact]
    public void Of_EachFeature_TellsItsOwnStory()
    {
        var codes = new Dictionary<string, Feature[]>
        {
            ["AMOUNT_ABOVE_CARD_NORM"] =
                [Feature.AmountLog, Feature.AmountZ, Feature.AmountDeviation, Feature.AmountToMean, Feature.CategoryAmountZ],
            ["AMOUNT_NEAR_CARD_MAXIMUM"] = [Feature.AmountToMaximum],
            ["AMOUNT_ABOVE_CATEGORY_NORM"] = [Feature.AmountToCategory],
            ["AMOUNT_UNUSUAL_FOR_MERCHANT"] = [Feature.MerchantAmountZ],
            ["LARGE_AMOUNTS_LATELY"] = [Feature.AmountExcess7Days],
            ["AMOUNTS_RISING"] = [Feature.RecentAmountShift],
            ["SMALL_AMOUNTS_BEFORE"] = [Feature.SmallAmounts1Hour],
            ["MANY_PAYMENTS"] =
            [
                Feature.Count10Minutes, Feature.Count1Hour, Feature.Count1Day, Feature.Count7Days, Feature.Count30Days, Feature.CountBurst,
                Feature.CountBurst1Hour, Feature.ExactCount10Minutes, Feature.ExactCount1Hour,
            ],
            ["SPENDING_BURST"] = [Feature.Sum10Minutes, Feature.Sum1Hour, Feature.Sum1Day, Feature.SumBurst1Day],
            ["SPENDING_UP_THIS_WEEK"] = [Feature.SumBurst7Days, Feature.Sum7Days, Feature.Sum30Days],
            ["SOON_AFTER_LAST_PAYMENT"] = [Feature.GapLog, Feature.GapRatio],
            ["FAR_FROM_LAST_PAYMENT"] = [Feature.SpeedLog, Feature.DistanceLog, Feature.Travel1Day, Feature.TravelBurst],
            ["FAR_FROM_HOME"] = [Feature.CentreDistanceLog, Feature.CentreZ],
            ["COUNTRY"] = [Feature.NewCountry, Feature.CountrySurprise],
            ["RARE_COUNTRY"] = [Feature.CountryRarity],
            ["NO_DEVICE"] = [Feature.NewDevice, Feature.DeviceSurprise, Feature.DeviceKnown],
            ["MERCHANT"] = [Feature.NewMerchant, Feature.MerchantSurprise],
            ["UNUSUAL_CHANNEL"] = [Feature.ChannelSurprise, Feature.Channel],
            ["UNUSUAL_CATEGORY"] = [Feature.CategorySurprise, Feature.Category],
            ["RARE_CATEGORY"] = [Feature.CategoryRarity],
            ["HOUR"] = [Feature.HourSurprise, Feature.HourSine, Feature.HourCosine],
            ["MERCHANT_SIZE"] = [Feature.MerchantAge, Feature.MerchantCards],
            ["MERCHANT_BURST"] = [Feature.MerchantBurst],
            ["NEW_CARDS_AT_MERCHANT"] = [Feature.MerchantNewCards],
            ["CARD_TESTING_AT_MERCHANT"] = [Feature.MerchantSmallAmounts],
            ["RISKY_MERCHANT"] = [Feature.MerchantRisk1Day, Feature.MerchantRisk7Days, Feature.MerchantRisk30Days],
            ["RISKY_DEVICE"] = [Feature.DeviceRisk1Day, Feature.DeviceRisk7Days, Feature.DeviceRisk30Days],
            ["RISKY_BIN"] = [Feature.BinRisk1Day, Feature.BinRisk7Days, Feature.BinRisk30Days],
            ["EARLIER_FRAUD"] = [Feature.SinceFraudLog],
            ["EARLIER_GENUINE"] = [Feature.SinceGenuineLog],
            ["NO_PLACE"] = [Feature.PlaceKnown],
            ["KIND"] = [Feature.RefundWithoutPurchase, Feature.Kind],
            ["REFUNDS_TO_SPENDING"] = [Feature.RefundRatio],
            ["WRONG_PINS"] = [Feature.WrongPins1Hour],
            ["REFUSED_ATTEMPTS"] = [Feature.Refused1Hour],
            ["VERIFICATIONS"] = [Feature.Verifications1Hour],
            ["YOUNG_CARD"] = [Feature.CardAge, Feature.FirstPayment],
        };
        Set(Feature.ChannelSurprise, 5);
        Set(Feature.CategorySurprise, 5);
        Feature[] counts =
        [
            Feature.SmallAmounts1Hour, Feature.RefundRatio, Feature.WrongPins1Hour, Feature.Refused1Hour, Feature.Verifications1Hour,
            Feature.MerchantBurst, Feature.MerchantNewCards, Feature.MerchantSmallAmounts,
        ];
        Array.ForEach(counts, feature => Set(feature, 1));
        Assert.Equal(Enum.GetValues<Feature>(), codes.Values.SelectMany(features => features).Order());
        Assert.All(codes, pair => Assert.All(pair.Value, feature => Assert.Equal((feature, pair.Key), (feature, Of(feature).Code))));
    }

    [Theory]
    [InlineData(Feature.MerchantAmountZ, "414.00 EUR is unusual for merchant m-1.")]
    [InlineData(Feature.AmountExcess7Days, "This card paid unusually large amounts in the last days.")]
    [InlineData(Feature.RecentAmountShift, "The card's last payments were 3.0 times its usual amount.")]
    [InlineData(Feature.NewCountry, "The card has not paid in FR lately.")]
    [InlineData(Feature.CountrySurprise, "This card paid more often in other countries than FR lately.")]
    [InlineData(Feature.CountryRarity, "33.3 % of all cards' payments are in FR.")]
    [InlineData(Feature.CategoryRarity, "2.4 % of all cards' payments are at grocery shops.")]
    [InlineData(Feature.NewMerchant, "The card has not paid at merchant m-1 lately.")]
    [InlineData(Feature.MerchantSurprise, "This card paid more often at other merchants than m-1 lately.")]
    [InlineData(Feature.HourSurprise, "15:05 UTC is an unusual hour for this card.")]
    [InlineData(Feature.MerchantBurst, "Merchant m-1 takes 3.0 times its usual number of payments.")]
    [InlineData(Feature.MerchantNewCards, "Merchant m-1 sees 3.0 times its usual number of cards that are new there.")]
    [InlineData(Feature.MerchantSmallAmounts,
        "Merchant m-1 takes 3.0 times its usual number of very small payments: cards may be tested there.")]
    [InlineData(Feature.MerchantRisk7Days, "Known frauds at merchant m-1 are 3.0 times the usual share.")]
    [InlineData(Feature.DeviceRisk1Day, "Known frauds from this device are 3.0 times the usual share.")]
    [InlineData(Feature.BinRisk30Days, "Known frauds among cards that begin with 411111 are 3.0 times the usual share.")]
    [InlineData(Feature.SinceFraudLog, "A payment of this card proved fraudulent 2 days before.")]
    [InlineData(Feature.SinceGenuineLog, "A payment of this card proved genuine 2 days before.")]
    [InlineData(Feature.CardAge, "Only 20 payments of this card are known.")]
    public void Of_AFeatureOfValueLn3_SaysWhatItTellsAndComparesNothing(Feature feature, string text)
    {
        Set(feature, MathF.Log(3));
        Assert.Equal((text, null), (Of(feature).Text, Of(feature).Compared));
    }

    /// <summary>"1.0 times its usual number" would be no reason.</summary>
    [Theory]
    [InlineData(Feature.MerchantBurst)]
    [InlineData(Feature.MerchantNewCards)]
    [InlineData(Feature.MerchantSmallAmounts)]
    [InlineData(Feature.MerchantAge)]
    [InlineData(Feature.MerchantCards)]
    public void Of_AMerchantWhoseRatesAreUsual_SpeaksOfItsSize(Feature feature)
    {
        Array.ForEach(
            [Feature.MerchantBurst, Feature.MerchantNewCards, Feature.MerchantSmallAmounts], rate => Set(rate, MathF.Log(1.2f)));
        Set(Feature.MerchantAge, MathF.Log(1 + 1_234));
        Set(Feature.MerchantCards, MathF.Log(1 + 56));
        Assert.Equal(
            ("MERCHANT_SIZE", "Merchant m-1 takes about 1,234 payments in 30 days; cards there in the last two days: about 56."),
            (Of(feature).Code, Of(feature).Text));
        Set(Feature.MerchantAge, 0);
        Assert.Equal("Merchant m-1 was hardly seen in the last 30 days.", Of(feature).Text);
    }

    [Fact]
    public void Of_SmallAmounts_NamesTheirNumber()
    {
        Set(Feature.SmallAmounts1Hour, 4);
        Assert.Equal(
            "4 payments of very small amounts in the hour before: the card may have been tested.", Of(Feature.SmallAmounts1Hour).Text);
    }

    [Theory]
    [InlineData(1, 414, "AMOUNT", "414.00 EUR, where this card usually pays 414.00 EUR.")]
    [InlineData(1, 320, "AMOUNT_ABOVE_CARD_NORM", "414.00 EUR is 1.3 times this card's usual 320.00 EUR.")]
    [InlineData(1, 92, "AMOUNT_ABOVE_CARD_NORM", "414.00 EUR is 4.5 times this card's usual 92.00 EUR.")]
    [InlineData(1, 0.5, "AMOUNT_ABOVE_CARD_NORM", "414.00 EUR is 828.0 times this card's usual 0.50 EUR.")]
    [InlineData(1, 414.01, "AMOUNT", "414.00 EUR, where this card usually pays 414.01 EUR.")]
    [InlineData(1, 0, "UNUSUAL_AMOUNT", "414.00 EUR is an unusual amount.")]
    [InlineData(0, 0, "FIRST_PAYMENT", "414.00 EUR is the first payment seen of this card.")]
    public void Of_AnAmount_ComparesItWhereTheCardsNormIsNotAboveIt(int payments, double usual, string code, string text)
    {
        var story = Of(Feature.AmountZ, new CardNorms(payments, usual, 0));
        Assert.Equal((code, text), (story.Code, story.Text));
        Assert.Equal(code.StartsWith("AMOUNT", StringComparison.Ordinal) ? new Comparison(414, usual, "EUR") : null, story.Compared);
    }

    [Fact]
    public void Of_AnAmountAbroad_ComparesItInTheReferenceCurrency()
    {
        var rates = new CurrencyRates("t", "EUR", new Dictionary<string, double> { ["USD"] = 1.15 });
        var story = ReasonStory.Of(Feature.AmountZ, Payment with { Currency = "USD" }, _features, new CardNorms(3, 90, 0), rates);
        Assert.Equal("360.00 EUR (414.00 USD) is 4.0 times this card's usual 90.00 EUR.", story.Text);
        Assert.Equal(360, story.Compared!.Observed, 1e-9);
    }

    [Theory]
    [InlineData(5, 1e-3f, "AMOUNT_ABOVE_CARD_MAXIMUM",
        "414.00 EUR is more than this card has ever paid; the largest amount so far was 413.59 EUR.")]
    [InlineData(5, 0f, "AMOUNT_NEAR_CARD_MAXIMUM",
        "414.00 EUR, where the largest amount that this card has paid so far was 414.00 EUR.")]
    [InlineData(5, -1f, "AMOUNT_NEAR_CARD_MAXIMUM",
        "414.00 EUR, where the largest amount that this card has paid so far was 1,127.09 EUR.")]
    [InlineData(0, 1f, "FIRST_PAYMENT", "414.00 EUR is the first payment seen of this card.")]
    public void Of_TheLargestAmount_SaysWhetherItIsExceeded(int payments, float logRatio, string code, string text)
    {
        Set(Feature.AmountToMaximum, logRatio);
        var story = Of(Feature.AmountToMaximum, new CardNorms(payments, 46, 0));
        Assert.Equal((code, text), (story.Code, story.Text));
        Assert.Equal(payments > 0, story.Compared is not null);
    }

    [Theory]
    [InlineData(138, "414.00 EUR is 3.0 times this card's usual 138.00 EUR at grocery shops.")]
    [InlineData(0.5, "414.00 EUR is 828.0 times this card's usual 0.50 EUR at grocery shops.")]
    [InlineData(414, "414.00 EUR is 1.5 times what this card and others usually pay at grocery shops.")]
    [InlineData(0, "414.00 EUR is 1.5 times what is usual at grocery shops.")]
    public void Of_AnAmountInACategory_ComparesItWhereItIsAboveTheCardsNorm(double usual, string text)
    {
        Set(Feature.AmountToCategory, MathF.Log(1.5f));
        var story = Of(Feature.AmountToCategory, new CardNorms(9, 46, usual));
        Assert.Equal(text, story.Text);
        Assert.Equal(usual is > 0 and < 414 ? new Comparison(414, usual, "EUR") : null, story.Compared);
    }

    [Theory]
    [InlineData(Feature.Sum10Minutes, 100, 300,
        "With this payment about 514 EUR were spent in the last day; this card's mean is 10.00 EUR.")]
    [InlineData(Feature.Sum30Days, 100, 300,
        "With this payment about 614 EUR were spent in the last 7 days; this card's mean is 70.00 EUR.")]
    [InlineData(Feature.Sum1Day, 0, 15, "With this payment about 414 EUR were spent in the last day; this card's mean is 0.50 EUR.")]
    [InlineData(Feature.Sum1Day, 0, 0, "With this payment about 414 EUR were spent in the last day.")]
    public void Of_Spending_TakesThisPaymentInAndComparesTheMean(Feature feature, float day, float month, string text)
    {
        Set(Feature.Sum1Day, MathF.Log(1 + day));
        Set(Feature.Sum7Days, MathF.Log(1 + (2 * day)));
        Set(Feature.Sum30Days, MathF.Log(1 + month));
        Assert.Equal(text, Of(feature).Text);
        Assert.Equal(month > 0, Of(feature).Compared is not null);
    }

    [Theory]
    [InlineData(1.4f, "About 5.0 payments of this card in the last day; 0.5 a day are usual.")]
    [InlineData(1.6f, "About 2 payments of this card in the last minutes, 5.0 in the last day; 0.5 a day are usual.")]
    [InlineData(7, "About 7 payments of this card in the last minutes, 5.0 in the last day; 0.5 a day are usual.")]
    public void Of_Velocity_NamesTheLastMinutesWhereTwoCameInThem(float tenMinutes, string text)
    {
        Set(Feature.Count10Minutes, MathF.Log(1 + tenMinutes));
        Set(Feature.Count1Day, MathF.Log(6));
        Set(Feature.Count30Days, MathF.Log(16));
        Assert.Equal(text, Of(Feature.CountBurst).Text);
    }

    [Theory]
    [InlineData(89, "89 seconds")]
    [InlineData(91, "2 minutes")]
    [InlineData(5_390, "90 minutes")]
    [InlineData(5_410, "2 hours")]
    [InlineData(172_700, "48 hours")]
    [InlineData(172_900, "2 days")]
    [InlineData(950_400, "11 days")]
    public void Of_AGap_IsToldInAUnitThatFits(int seconds, string text)
    {
        Set(Feature.GapLog, MathF.Log(1 + seconds));
        var story = Of(Feature.GapRatio);
        Assert.Equal(($"{text} after the card's last payment.", null), (story.Text, story.Compared));
        Set(Feature.Count30Days, MathF.Log(11));
        Assert.Equal($"{text} after the card's last payment; 3 days is usual.", Of(Feature.GapLog).Text);
        Assert.Equal(3 * 86_400, Of(Feature.GapLog).Compared!.Usual, 0.2);
    }

    [Theory]
    [InlineData(899, "FAR_FROM_LAST_PAYMENT", "1,500 km from the card's last payment at a terminal.")]
    [InlineData(901, "IMPOSSIBLE_TRAVEL", "1,500 km from the card's last payment at a terminal: 901 km/h in between.")]
    public void Of_Travel_IsImpossibleAboveTheSpeedOfFlights(float kmPerHour, string code, string text)
    {
        Set(Feature.DistanceLog, MathF.Log(1_501));
        Set(Feature.SpeedLog, MathF.Log(1 + kmPerHour));
        Assert.Equal((code, text), (Of(Feature.Travel1Day).Code, Of(Feature.Travel1Day).Text));
    }

    [Theory]
    [InlineData(4, "100 km from where this card is usually used at terminals; 25 km is usual.")]
    [InlineData(0.5f, "100 km from where this card is usually used at terminals; 200 km is usual.")]
    [InlineData(0, "100 km from where this card is usually used at terminals.")]
    public void Of_DistanceFromHome_ComparesTheUsualOneWhereItIsKnown(float spreads, string text)
    {
        Set(Feature.CentreDistanceLog, MathF.Log(101));
        Set(Feature.CentreZ, spreads);
        Assert.Equal(text, Of(Feature.CentreZ).Text);
        Assert.Equal(spreads > 0, Of(Feature.CentreDistanceLog).Compared is not null);
    }

    private void Set(Feature feature, float value) => _features[(int)feature] = value;

    private ReasonStory Of(Feature feature, CardNorms? norms = null) =>
        ReasonStory.Of(feature, Payment, _features, norms ?? Known, CurrencyRates.Default);
}
