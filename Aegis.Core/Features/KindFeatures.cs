using Aegis.Core.Facts;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Core.Features;

/// <summary>Computes what kind of payment it is, and what the card attempted and got back without spending.</summary>
internal static class KindFeatures
{
    // Comparisons of an amount with what is usually spent. They say nothing where nothing is spent, and where the
    // amount has no rate.
    private static readonly Feature[] Spending =
    [
        Feature.AmountZ, Feature.AmountDeviation, Feature.AmountToMean, Feature.AmountToMaximum, Feature.AmountToCategory,
        Feature.SumBurst1Day, Feature.SumBurst7Days, Feature.MerchantAmountZ, Feature.CategoryAmountZ,
    ];

    /// <summary>Fills the group; call it after all others.</summary>
    public static void Fill(
        in Payment payment, in CardHistory card, in PopulationNorms population, in CardMoment moment, Span<float> f)
    {
        var isCredit = payment.Kind.IsCredit();
        var isNewHere = isCredit && !KeyRing.Knows(card.Merchants, payment.MerchantKey);
        f[(int)Feature.RefundWithoutPurchase] = isNewHere ? 1 : 0;

        var refunds = card.Refunds.SumAt(payment.TimeMs) + (isCredit ? payment.Amount : 0);
        f[(int)Feature.RefundRatio] = refunds > 0
            ? MathF.Log((float)(1 + (refunds / (moment.Sums[^1] + AmountFeatures.Usual(card, population)))))
            : 0;

        var (verifications, wrongPins, refused) = card.Attempts.InHourBefore(payment.TimeMs);
        f[(int)Feature.WrongPins1Hour] = wrongPins + (payment.Refusal == Refusal.WrongPin ? 1 : 0);
        f[(int)Feature.Refused1Hour] = refused + (payment.Refusal == Refusal.None ? 0 : 1);
        f[(int)Feature.Verifications1Hour] = verifications + (payment is { Kind: PaymentKind.Verification, Refusal: Refusal.None } ? 1 : 0);

        f[(int)Feature.Category] = (int)payment.Category;
        f[(int)Feature.Channel] = (int)payment.Channel;
        f[(int)Feature.Kind] = (int)payment.Kind;
        if (!payment.HasAmount)
        {
            f[(int)Feature.AmountLog] = (float)population.AmountMean;
        }

        if (!payment.Kind.IsDebit() || !payment.HasAmount)
        {
            foreach (var feature in Spending)
            {
                f[(int)feature] = 0;
            }
        }
    }
}
