using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Core.Detection;

/// <summary>Puts the strongest features of a flagged payment into words.</summary>
public static class ReasonWriter
{
    private const int MostReasons = 5;
    private const double SmallestShare = 0.04;
    private const double FastestFlightKmPerHour = 900;

    /// <summary>Up to five reasons, strongest first; features that tell the same story give one.</summary>
    /// <param name="transaction">The payment.</param>
    /// <param name="features">Its feature vector.</param>
    /// <param name="shares">The features' shares of the suspicion; see <see cref="FraudDetector.Attribute"/>.</param>
    /// <param name="card">The card's history before the payment.</param>
    /// <param name="rates">The rates that amounts are compared by.</param>
    public static IReadOnlyList<ReasonCode> Write(
        Transaction transaction, ReadOnlySpan<float> features, ReadOnlySpan<double> shares, in CardHistory card, CurrencyRates rates)
    {
        var strongestFirst = Enumerable.Range(0, shares.Length).ToArray();
        Array.Sort(shares.ToArray().Select(s => -s).ToArray(), strongestFirst);

        var reasons = new List<ReasonCode>();
        foreach (var feature in strongestFirst)
        {
            if (reasons.Count == MostReasons || shares[feature] <= 0 || (reasons.Count > 0 && shares[feature] < SmallestShare))
            {
                break;
            }

            var (code, text) = Describe((Feature)feature, transaction, features, card, rates);
            var same = reasons.FindIndex(r => r.Code == code);
            if (same >= 0)
            {
                reasons[same] = reasons[same] with { Share = reasons[same].Share + shares[feature] };
                continue;
            }

            reasons.Add(new ReasonCode(code, FeatureSchema.All[feature].Name, features[feature], shares[feature], text));
        }

        return [.. reasons.OrderByDescending(reason => reason.Share)];
    }

    private static (string Code, string Text) Describe(
        Feature feature, Transaction transaction, ReadOnlySpan<float> f, in CardHistory card, CurrencyRates rates) => feature switch
    {
        Feature.AmountLog or Feature.AmountZ or Feature.AmountDeviation or Feature.AmountToMean or Feature.CategoryAmountZ => Amount(transaction, card, rates),
        Feature.AmountToMaximum => ("AMOUNT_ABOVE_CARD_MAXIMUM",
            f[(int)feature] > 0
                ? $"{Money(transaction)} is {Times(f[(int)feature])} the largest amount this card has paid before."
                : $"{Money(transaction)} is close to the largest amount this card has paid before."),
        Feature.AmountToCategory => AmountInCategory(transaction, f[(int)feature], card, rates),
        Feature.MerchantAmountZ => ("AMOUNT_UNUSUAL_FOR_MERCHANT", $"{Money(transaction)} is unusual for merchant {transaction.MerchantId}."),
        Feature.AmountExcess7Days => ("LARGE_AMOUNTS_LATELY", "This card paid unusually large amounts in the last days."),
        Feature.RecentAmountShift => ("AMOUNTS_RISING", $"The card's last payments were {Times(f[(int)feature])} its usual amount."),
        Feature.SmallAmounts1Hour => ("SMALL_AMOUNTS_BEFORE", $"{f[(int)feature]:N0} payments of very small amounts in the hour before: the card may have been tested."),
        Feature.Count10Minutes or Feature.Count1Hour or Feature.Count1Day or Feature.CountBurst or Feature.CountBurst1Hour or Feature.Count7Days or Feature.Count30Days
            or Feature.ExactCount10Minutes or Feature.ExactCount1Hour => Velocity(f),
        Feature.Sum10Minutes or Feature.Sum1Hour or Feature.Sum1Day or Feature.SumBurst1Day => ("SPENDING_BURST",
            $"About {Math.Exp(f[(int)Feature.Sum1Day]) - 1:N0} {rates.Reference} were spent in the last day before this payment; with it, {Times(f[(int)Feature.SumBurst1Day])} this card's daily mean."),
        Feature.SumBurst7Days or Feature.Sum7Days or Feature.Sum30Days => ("SPENDING_UP_THIS_WEEK", $"This card's spending over 7 days is {Times(f[(int)Feature.SumBurst7Days])} its weekly mean."),
        Feature.GapLog or Feature.GapRatio => ("SOON_AFTER_LAST_PAYMENT", $"Only {Duration(Math.Exp(f[(int)Feature.GapLog]) - 1)} after the card's last payment."),
        Feature.SpeedLog or Feature.DistanceLog or Feature.Travel1Day or Feature.TravelBurst => Travel(Math.Exp(f[(int)Feature.DistanceLog]) - 1, Math.Exp(f[(int)Feature.SpeedLog]) - 1),
        Feature.CentreDistanceLog or Feature.CentreZ => ("FAR_FROM_HOME", $"{Math.Exp(f[(int)Feature.CentreDistanceLog]) - 1:N0} km from where this card is usually used at terminals."),
        Feature.NewCountry => ("NEW_COUNTRY", $"The card has not paid in {transaction.Country} before."),
        Feature.CountrySurprise => ("UNUSUAL_COUNTRY", $"This card rarely pays in {transaction.Country}."),
        Feature.CountryRarity => ("RARE_COUNTRY", $"Few cards pay in {transaction.Country}."),
        Feature.NewDevice => ("NEW_DEVICE", "The card has not been used from this device before."),
        Feature.DeviceSurprise or Feature.DeviceKnown => ("UNUSUAL_DEVICE", "This card is rarely used from this device."),
        Feature.NewMerchant => ("NEW_MERCHANT", $"The card has not paid at merchant {transaction.MerchantId} lately."),
        Feature.MerchantSurprise => ("UNUSUAL_MERCHANT", $"This card rarely pays at merchant {transaction.MerchantId}."),
        Feature.ChannelSurprise or Feature.Channel => ("UNUSUAL_CHANNEL", $"This card is rarely used by {transaction.Channel.Name()} payment."),
        Feature.CategorySurprise or Feature.Category or Feature.CategoryRarity => ("UNUSUAL_CATEGORY", $"This card rarely pays at {MerchantCategories.Of(transaction.Mcc).Phrase()}."),
        Feature.HourSurprise or Feature.HourSine or Feature.HourCosine => ("UNUSUAL_HOUR", $"{transaction.EventTime.UtcDateTime:HH:mm} UTC is an unusual hour for this card."),
        Feature.MerchantBurst or Feature.MerchantAge => ("MERCHANT_BURST", $"Merchant {transaction.MerchantId} takes {Times(f[(int)Feature.MerchantBurst])} its usual number of payments."),
        Feature.MerchantCards or Feature.MerchantNewCards => ("NEW_CARDS_AT_MERCHANT", $"Merchant {transaction.MerchantId} sees {Times(f[(int)Feature.MerchantNewCards])} its usual number of cards that are new there."),
        Feature.MerchantSmallAmounts => ("CARD_TESTING_AT_MERCHANT", $"Merchant {transaction.MerchantId} takes {Times(f[(int)feature])} its usual number of very small payments: cards may be tested there."),
        Feature.MerchantRisk1Day or Feature.MerchantRisk7Days or Feature.MerchantRisk30Days => ("RISKY_MERCHANT", $"Known frauds at merchant {transaction.MerchantId} are {Times(f[(int)feature])} the usual share."),
        Feature.DeviceRisk1Day or Feature.DeviceRisk7Days or Feature.DeviceRisk30Days => ("RISKY_DEVICE", $"Known frauds from this device are {Times(f[(int)feature])} the usual share."),
        Feature.BinRisk1Day or Feature.BinRisk7Days or Feature.BinRisk30Days => ("RISKY_BIN", $"Known frauds among cards that begin with {transaction.CardBin} are {Times(f[(int)feature])} the usual share."),
        Feature.SinceFraudLog or Feature.SinceGenuineLog => ("EARLIER_FRAUD", "A payment of this card proved fraudulent before."),
        _ => ("YOUNG_CARD", $"Only {card.Count} payments of this card are known."),
    };

    private static (string Code, string Text) Amount(Transaction transaction, in CardHistory card, CurrencyRates rates)
    {
        if (card.Count == 0)
        {
            return ("FIRST_PAYMENT", $"{Money(transaction)} is the first payment seen of this card.");
        }

        var ratio = rates.ToReference(transaction.AmountMinor, transaction.Currency) / Math.Max(card.UsualAmount, 0.01);
        return ratio >= 1
            ? ("AMOUNT_ABOVE_CARD_NORM", $"{Money(transaction)} is {ratio:N1} times this card's usual {card.UsualAmount:N2} {rates.Reference}.")
            : ("AMOUNT_BELOW_CARD_NORM", $"{Money(transaction)} is only {ratio:P0} of this card's usual {card.UsualAmount:N2} {rates.Reference}.");
    }

    private static (string Code, string Text) AmountInCategory(Transaction transaction, float logRatio, in CardHistory card, CurrencyRates rates)
    {
        var category = MerchantCategories.Of(transaction.Mcc);
        var usual = card.UsualAmountIn(category);
        var ratio = usual > 0 ? rates.ToReference(transaction.AmountMinor, transaction.Currency) / usual : 0;
        // Where the card has paid little there, others count too, and its own norm alone may say the opposite.
        return ("AMOUNT_ABOVE_CATEGORY_NORM", ratio > 1
            ? $"{Money(transaction)} is {ratio:N1} times this card's usual {usual:N2} {rates.Reference} at {category.Phrase()}."
            : $"{Money(transaction)} is {Times(logRatio)} what {(usual > 0 ? "this card and others usually pay" : "is usual")} at {category.Phrase()}.");
    }

    private static (string Code, string Text) Travel(double km, double kmPerHour) => kmPerHour > FastestFlightKmPerHour
        ? ("IMPOSSIBLE_TRAVEL", $"{km:N0} km from the card's last payment at a terminal: {kmPerHour:N0} km/h in between.")
        : ("FAR_FROM_LAST_PAYMENT", $"{km:N0} km from the card's last payment at a terminal.");

    private static (string Code, string Text) Velocity(ReadOnlySpan<float> f)
    {
        var tenMinutes = Math.Round(Math.Exp(f[(int)Feature.Count10Minutes]) - 1);
        var day = Math.Round(Math.Exp(f[(int)Feature.Count1Day]) - 1);
        return ("MANY_PAYMENTS", tenMinutes >= 2
            ? $"About {tenMinutes:N0} payments of this card in the last minutes, {day:N0} in the last day."
            : $"About {day:N0} payments of this card in the last day, {Times(f[(int)Feature.CountBurst])} its daily mean.");
    }

    private static string Money(Transaction transaction) => Currencies.Format(transaction.AmountMinor, transaction.Currency);

    private static string Times(double logRatio) => $"{Math.Exp(logRatio):N1} times";

    private static string Duration(double seconds) => seconds switch
    {
        < 90 => $"{seconds:N0} seconds",
        < 5400 => $"{seconds / 60:N0} minutes",
        < 172_800 => $"{seconds / 3600:N0} hours",
        _ => $"{seconds / 86_400:N0} days",
    };
}
