using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Core.Decisions;

/// <summary>Tells whether a story stands out: whether it is far from the card's own norm, or from the norm of the
/// merchant, device or population that it speaks of.</summary>
/// <remarks>An approved payment is explained by such stories only. A code that is not listed here never stands out.</remarks>
internal static class Salience
{
    // A handful of payments is no norm.
    private const int MinPayments = 5;

    // The hour's norm leans on the population's with a weight of so many payments.
    private const int MinPaymentsOfHour = 20;

    private const double MinTimes = 2;
    private const double MinTimesSooner = 10;
    private const double MinPaymentsADay = 3;
    private const double MinKm = 100;
    private const double MinSpreads = 2;
    private const int MinSmallAmounts = 3;
    private const int MinAttempts = 2;
    private const double MaxRareShare = 0.01;
    private const double MinRefundRatio = 0.5;
    private const double MaxDaysSinceFraud = 90;

    // Four times as rare as by chance.
    private static readonly double MinSurprise = Math.Log(4);

    /// <summary>True if the story stands out.</summary>
    /// <param name="story">What a feature says.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="f">The payment's feature vector.</param>
    /// <param name="norms">What the card usually paid before.</param>
    public static bool StandsOut(in ReasonStory story, Feature feature, ReadOnlySpan<float> f, CardNorms norms) =>
        OfTheCard(story, f, norms) is { } stands ? stands && norms.Payments >= MinPayments : OfOthers(story, feature, f, norms);

    /// <summary>For a story that needs a norm of the card; null for others.</summary>
    private static bool? OfTheCard(in ReasonStory story, ReadOnlySpan<float> f, CardNorms norms) => story.Code switch
    {
        "AMOUNT_ABOVE_CARD_NORM" or "AMOUNT_ABOVE_CATEGORY_NORM" or "FAR_FROM_HOME" => IsAbove(story.Compared),
        "AMOUNT_ABOVE_CARD_MAXIMUM" or "UNUSUAL_CHANNEL" or "UNUSUAL_CATEGORY" or "NEW_COUNTRY" or "NEW_DEVICE" or "NEW_MERCHANT" => true,
        // A single usual payment is many times the daily mean of a card that pays once a week.
        "SPENDING_BURST" or "SPENDING_UP_THIS_WEEK" => IsAbove(story.Compared) && story.Compared!.Observed >= MinTimes * norms.Amount,
        "MANY_PAYMENTS" => IsAbove(story.Compared) && story.Compared!.Observed >= MinPaymentsADay,
        "SOON_AFTER_LAST_PAYMENT" => story.Compared is { } gap && gap.Usual >= MinTimesSooner * gap.Observed,
        "LARGE_AMOUNTS_LATELY" => f[(int)Feature.AmountExcess7Days] > 0,
        "AMOUNTS_RISING" => IsTimes(f[(int)Feature.RecentAmountShift]),
        "UNUSUAL_COUNTRY" => f[(int)Feature.CountrySurprise] >= MinSurprise,
        "UNUSUAL_DEVICE" => f[(int)Feature.DeviceSurprise] >= MinSurprise,
        "UNUSUAL_MERCHANT" => f[(int)Feature.MerchantSurprise] >= MinSurprise,
        "UNUSUAL_HOUR" => f[(int)Feature.HourSurprise] >= MinSurprise && norms.Payments >= MinPaymentsOfHour,
        "IMPOSSIBLE_TRAVEL" => Km(f) >= MinKm,
        "FAR_FROM_LAST_PAYMENT" => Km(f) >= MinKm && f[(int)Feature.CentreZ] >= MinSpreads,
        _ => null,
    };

    private static bool OfOthers(in ReasonStory story, Feature feature, ReadOnlySpan<float> f, CardNorms norms) => story.Code switch
    {
        "FIRST_PAYMENT" => norms.Payments == 0,
        "SMALL_AMOUNTS_BEFORE" => f[(int)Feature.SmallAmounts1Hour] >= MinSmallAmounts,
        "AMOUNT_UNUSUAL_FOR_MERCHANT" => Math.Abs(f[(int)Feature.MerchantAmountZ]) >= MinSpreads,
        "MERCHANT_BURST" => IsTimes(f[(int)Feature.MerchantBurst]),
        "NEW_CARDS_AT_MERCHANT" => IsTimes(f[(int)Feature.MerchantNewCards]),
        "CARD_TESTING_AT_MERCHANT" or "RISKY_MERCHANT" or "RISKY_DEVICE" or "RISKY_BIN" => IsTimes(f[(int)feature]),
        "RARE_COUNTRY" => f[(int)feature] >= -Math.Log(MaxRareShare),
        "RARE_CATEGORY" => f[(int)feature] >= -Math.Log(MaxRareShare * MerchantCategories.Count),
        "EARLIER_FRAUD" => ReasonStory.Unlog(f, Feature.SinceFraudLog) <= MaxDaysSinceFraud,
        "REFUND_WITHOUT_PURCHASE" => true,
        "REFUNDS_TO_SPENDING" => ReasonStory.Unlog(f, Feature.RefundRatio) >= MinRefundRatio,
        "WRONG_PINS" or "REFUSED_ATTEMPTS" or "VERIFICATIONS" => f[(int)feature] >= MinAttempts,
        _ => false,
    };

    private static bool IsAbove(Comparison? compared) => compared is { } both && both.Observed >= MinTimes * both.Usual;

    private static bool IsTimes(float logRatio) => Math.Exp(logRatio) >= MinTimes;

    private static double Km(ReadOnlySpan<float> f) => ReasonStory.Unlog(f, Feature.DistanceLog);
}
