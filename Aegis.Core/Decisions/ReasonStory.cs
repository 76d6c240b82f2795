using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Core.Decisions;

/// <summary>A reason without its weight: the meaning of one feature, in words and numbers.</summary>
/// <param name="Code">A stable machine name.</param>
/// <param name="Text">One plain sentence.</param>
/// <param name="Compared">The story's number beside the card's own; null if there is none.</param>
internal readonly record struct ReasonStory(string Code, string Text, Comparison? Compared = null)
{
    private const double FastestFlightKmPerHour = 900;

    /// <summary>What is hardly above the usual is no reason.</summary>
    internal const double MinTimes = 1.25;

    // What the features say where there was no verdict: a year. The logarithm of a float is near that only.
    private const double NeverDays = 364.9;
    private const double SecondsInMonth = 30 * 86_400;

    /// <summary>The story that a feature tells about a payment.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="transaction">The payment.</param>
    /// <param name="f">The payment's feature vector.</param>
    /// <param name="norms">What the card usually paid before.</param>
    /// <param name="rates">The rates that make amounts comparable.</param>
    public static ReasonStory Of(
        Feature feature, Transaction transaction, ReadOnlySpan<float> f, CardNorms norms, CurrencyRates rates) => feature switch
    {
        _ when NoRateStory.Tells(feature, transaction, rates) => NoRateStory.Of(transaction),
        Feature.AmountLog or Feature.AmountZ or Feature.AmountDeviation or Feature.AmountToMean or Feature.CategoryAmountZ =>
            Amount(transaction, norms, rates),
        Feature.AmountToMaximum => AmountToMaximum(transaction, f[(int)feature], norms, rates),
        Feature.AmountToCategory => AmountInCategory(transaction, f[(int)feature], norms, rates),
        Feature.MerchantAmountZ =>
            new("AMOUNT_UNUSUAL_FOR_MERCHANT", $"{Money(transaction)} is unusual for merchant {transaction.MerchantId}."),
        Feature.AmountExcess7Days => new("LARGE_AMOUNTS_LATELY", "This card paid unusually large amounts in the last days."),
        Feature.RecentAmountShift => new("AMOUNTS_RISING", $"The card's last payments were {Times(f[(int)feature])} its usual amount."),
        Feature.SmallAmounts1Hour => SmallAmounts((int)f[(int)feature]),
        Feature.Count10Minutes or Feature.Count1Hour or Feature.Count1Day or Feature.CountBurst or Feature.CountBurst1Hour
            or Feature.Count7Days or Feature.Count30Days or Feature.ExactCount10Minutes or Feature.ExactCount1Hour => Velocity(f),
        Feature.Sum10Minutes or Feature.Sum1Hour or Feature.Sum1Day or Feature.SumBurst1Day =>
            Spending("SPENDING_BURST", "the last day", Unlog(f, Feature.Sum1Day), 1, transaction, f, rates),
        Feature.SumBurst7Days or Feature.Sum7Days or Feature.Sum30Days =>
            Spending("SPENDING_UP_THIS_WEEK", "the last 7 days", Unlog(f, Feature.Sum7Days), 7, transaction, f, rates),
        Feature.GapLog or Feature.GapRatio => Gap(f),
        Feature.SpeedLog or Feature.DistanceLog or Feature.Travel1Day or Feature.TravelBurst =>
            Travel(Unlog(f, Feature.DistanceLog), Unlog(f, Feature.SpeedLog)),
        Feature.CentreDistanceLog or Feature.CentreZ => FarFromHome(Unlog(f, Feature.CentreDistanceLog), f[(int)Feature.CentreZ]),
        Feature.NewCountry or Feature.CountrySurprise => HabitStory.Country(transaction, f),
        Feature.CountryRarity =>
            new("RARE_COUNTRY", $"{Percent(Math.Exp(-f[(int)feature]))} of all cards' payments are in {transaction.Country}."),
        Feature.NewDevice or Feature.DeviceSurprise or Feature.DeviceKnown => HabitStory.Device(f),
        Feature.NewMerchant or Feature.MerchantSurprise => HabitStory.Merchant(transaction, f),
        Feature.ChannelSurprise or Feature.Channel => HabitStory.Channel(transaction, f, norms),
        Feature.CategorySurprise or Feature.Category => HabitStory.Category(transaction, f, norms),
        Feature.CategoryRarity => new(
            "RARE_CATEGORY",
            $"{Percent(Math.Exp(-f[(int)feature]) / MerchantCategories.Count)} of all cards' payments are at {MerchantCategories.Of(transaction.Mcc).Phrase()}."),
        Feature.HourSurprise or Feature.HourSine or Feature.HourCosine => HabitStory.Hour(transaction, f),
        Feature.MerchantAge or Feature.MerchantCards => MerchantStory.Size(transaction, f),
        Feature.MerchantBurst or Feature.MerchantNewCards or Feature.MerchantSmallAmounts => MerchantStory.Rate(feature, transaction, f),
        Feature.MerchantRisk1Day or Feature.MerchantRisk7Days or Feature.MerchantRisk30Days =>
            new("RISKY_MERCHANT", $"Known frauds at merchant {transaction.MerchantId} are {Times(f[(int)feature])} the usual share."),
        Feature.DeviceRisk1Day or Feature.DeviceRisk7Days or Feature.DeviceRisk30Days =>
            new("RISKY_DEVICE", $"Known frauds from this device are {Times(f[(int)feature])} the usual share."),
        Feature.BinRisk1Day or Feature.BinRisk7Days or Feature.BinRisk30Days =>
            new("RISKY_BIN",
            $"Known frauds among cards that begin with {transaction.CardBin} are {Times(f[(int)feature])} the usual share."),
        Feature.SinceFraudLog => Verdict("EARLIER_FRAUD", Unlog(f, feature), "fraudulent"),
        Feature.SinceGenuineLog => Verdict("EARLIER_GENUINE", Unlog(f, feature), "genuine"),
        Feature.RefundWithoutPurchase => KindStory.Refund(transaction, f),
        Feature.RefundRatio => KindStory.RefundRatio(f),
        Feature.WrongPins1Hour or Feature.Refused1Hour or Feature.Verifications1Hour => KindStory.Attempts(feature, f),
        Feature.Kind => KindStory.Kind(transaction),
        Feature.PlaceKnown => f[(int)feature] > 0
            ? new("PLACE", "The places of this payment and of the card's last one are known.")
            : new("NO_PLACE", "The place of this payment, or of one of this card before, is not known."),
        _ when norms.Payments == 0 => FirstPayment(transaction),
        _ => new("YOUNG_CARD", $"Only {norms.Payments} payments of this card are known."),
    };

    private static ReasonStory Amount(Transaction transaction, CardNorms norms, CurrencyRates rates)
    {
        if (norms.Payments == 0)
        {
            return FirstPayment(transaction);
        }

        var amount = InReference(transaction, rates);
        var money = Money(transaction, rates);
        if (norms.Amount <= 0)
        {
            return new("UNUSUAL_AMOUNT", $"{money} is an unusual amount.");
        }

        // The feature counts here, not the card's norm: that may point the other way.
        var compared = new Comparison(amount, norms.Amount, rates.Reference);
        return amount >= MinTimes * norms.Amount
            ? new(
                "AMOUNT_ABOVE_CARD_NORM",
                $"{money} is {amount / norms.Amount:N1} times this card's usual {norms.Amount:N2} {rates.Reference}.", compared)
            : new("AMOUNT", $"{money}, where this card usually pays {norms.Amount:N2} {rates.Reference}.", compared);
    }

    private static ReasonStory AmountToMaximum(Transaction transaction, float logRatio, CardNorms norms, CurrencyRates rates)
    {
        if (norms.Payments == 0)
        {
            return FirstPayment(transaction);
        }

        var amount = InReference(transaction, rates);
        var largest = ((1 + amount) / Math.Exp(logRatio)) - 1;
        var compared = new Comparison(amount, largest, rates.Reference);
        var money = Money(transaction, rates);
        // Features are single precision: what is above by less than can be shown is the same amount again.
        return logRatio > 0 && Math.Round(amount, 2) > Math.Round(largest, 2)
            ? new("AMOUNT_ABOVE_CARD_MAXIMUM",
                $"{money} is more than this card has ever paid; the largest amount so far was {largest:N2} {rates.Reference}.", compared)
            : new("AMOUNT_NEAR_CARD_MAXIMUM",
                $"{money}, where the largest amount that this card has paid so far was {largest:N2} {rates.Reference}.", compared);
    }

    private static ReasonStory FirstPayment(Transaction transaction) =>
        new("FIRST_PAYMENT", $"{Money(transaction)} is the first payment seen of this card.");

    private static ReasonStory AmountInCategory(Transaction transaction, float logRatio, CardNorms norms, CurrencyRates rates)
    {
        const string Code = "AMOUNT_ABOVE_CATEGORY_NORM";
        var category = MerchantCategories.Of(transaction.Mcc);
        var amount = InReference(transaction, rates);
        // If the card has paid little in the category, other cards count too. The card's own norm may then point the other way.
        return amount > norms.AmountInCategory && norms.AmountInCategory > 0
            ? new(
                Code, $"{Money(transaction, rates)} is {amount / norms.AmountInCategory:N1} times this card's usual {norms.AmountInCategory:N2} {rates.Reference} at {category.Phrase()}.",
                new Comparison(amount, norms.AmountInCategory, rates.Reference))
            : new(Code, $"{Money(transaction, rates)} is {Times(logRatio)} what {(norms.AmountInCategory > 0 ? "this card and others usually pay" : "is usual")} at {category.Phrase()}.");
    }

    /// <summary>Recent spending, this payment included, beside the mean of the last 30 days.</summary>
    private static ReasonStory Spending(
        string code, string period, double spentBefore, int days, Transaction transaction, ReadOnlySpan<float> f, CurrencyRates rates)
    {
        var spent = spentBefore + InReference(transaction, rates);
        var usual = Unlog(f, Feature.Sum30Days) * days / 30;
        return usual > 0
            ? new(code, $"With this payment about {spent:N0} {rates.Reference} were spent in {period}; this card's mean is {usual:N2} {rates.Reference}.", new Comparison(spent, usual, rates.Reference))
            : new(code, $"With this payment about {spent:N0} {rates.Reference} were spent in {period}.");
    }

    private static ReasonStory SmallAmounts(int count) => count switch
    {
        <= 0 => new("NO_SMALL_AMOUNTS", "No payment of a very small amount in the hour before."),
        1 => new("SMALL_AMOUNTS_BEFORE", "1 payment of a very small amount in the hour before."),
        _ => new("SMALL_AMOUNTS_BEFORE", $"{count} payments of very small amounts in the hour before: the card may have been tested."),
    };

    private static ReasonStory Gap(ReadOnlySpan<float> f)
    {
        const string Code = "SOON_AFTER_LAST_PAYMENT";
        var seconds = Unlog(f, Feature.GapLog);
        var usual = SecondsInMonth / Unlog(f, Feature.Count30Days);
        return double.IsFinite(usual)
            ? new(Code, $"{Duration(seconds)} after the card's last payment; {Duration(usual)} is usual.", new Comparison(
                seconds, usual, "seconds"))
            : new(Code, $"{Duration(seconds)} after the card's last payment.");
    }

    private static ReasonStory Travel(double km, double kmPerHour) => kmPerHour > FastestFlightKmPerHour
        ? new("IMPOSSIBLE_TRAVEL", $"{km:N0} km from the card's last payment at a terminal: {kmPerHour:N0} km/h in between.")
        : new("FAR_FROM_LAST_PAYMENT", $"{km:N0} km from the card's last payment at a terminal.");

    private static ReasonStory FarFromHome(double km, double spreads) => spreads > 0
        ? new("FAR_FROM_HOME", $"{km:N0} km from where this card is usually used at terminals; {km / spreads:N0} km is usual.",
            new Comparison(km, km / spreads, "km"))
        : new("FAR_FROM_HOME", $"{km:N0} km from where this card is usually used at terminals.");

    private static ReasonStory Velocity(ReadOnlySpan<float> f)
    {
        var tenMinutes = Math.Round(Unlog(f, Feature.Count10Minutes));
        var ofDay = Unlog(f, Feature.Count1Day);
        var usual = Unlog(f, Feature.Count30Days) / 30;
        var lately = tenMinutes >= 2
            ? $"About {tenMinutes:N0} payments of this card in the last minutes, {ofDay:N1} in the last day"
            : $"About {ofDay:N1} payments of this card in the last day";
        return new("MANY_PAYMENTS", $"{lately}; {usual:N1} a day are usual.", new Comparison(ofDay, usual, "payments a day"));
    }

    private static double InReference(Transaction transaction, CurrencyRates rates) =>
        rates.ToReference(transaction.AmountMinor, transaction.Currency);

    /// <summary>The quantity q of a feature that is ln(1 + q).</summary>
    internal static double Unlog(ReadOnlySpan<float> f, Feature feature) => Math.Exp(f[(int)feature]) - 1;

    private static ReasonStory Verdict(string code, double days, string verdict) => days < NeverDays
        ? new(code, $"A payment of this card proved {verdict} {days:N0} days before.")
        : new($"NO_{code}", $"No payment of this card has proved {verdict} in the year before.");

    private static string Money(Transaction transaction) => Currencies.Format(transaction.AmountMinor, transaction.Currency);

    /// <summary>The amount in the reference currency, in which it is compared, with its own beside it where that is another.</summary>
    private static string Money(Transaction transaction, CurrencyRates rates) => transaction.Currency == rates.Reference
        ? Money(transaction)
        : $"{InReference(transaction, rates):N2} {rates.Reference} ({Money(transaction)})";

    private static string Percent(double share) => share < 0.0005 ? "Less than 0.1 %" : $"{100 * share:N1} %";

    /// <summary>A ratio in words, from its logarithm.</summary>
    internal static string Times(double logRatio) => $"{Math.Exp(logRatio):N1} times";

    private static string Duration(double seconds) => seconds switch
    {
        < 90 => $"{seconds:N0} seconds",
        < 5400 => $"{seconds / 60:N0} minutes",
        < 172_800 => $"{seconds / 3600:N0} hours",
        _ => $"{seconds / 86_400:N0} days",
    };
}
