using Aegis.Core.Features;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core;

internal sealed partial class ReferenceEngine
{
    private static readonly Feature[] OfSpending =
    [
        Feature.AmountZ, Feature.AmountDeviation, Feature.AmountToMean, Feature.AmountToMaximum, Feature.AmountToCategory,
        Feature.SumBurst1Day, Feature.SumBurst7Days, Feature.MerchantAmountZ, Feature.CategoryAmountZ,
    ];

    /// <summary>Payments that spent nothing, as they came.</summary>
    private readonly List<Payment> _unspent = [];

    private void Kinds(Payment p, List<Payment> card, double[] f)
    {
        f[(int)Feature.Category] = (int)p.Category;
        f[(int)Feature.Channel] = (int)p.Channel;
        f[(int)Feature.Kind] = (int)p.Kind;
        var unspent = _unspent.Where(e => e.CardHash == p.CardHash).ToList();
        var isCredit = p.Kind is PaymentKind.Refund or PaymentKind.Reversal;
        f[(int)Feature.RefundWithoutPurchase] =
            isCredit && Ring(card.Select(e => (ulong)e.MerchantKey), 16).All(k => k.Key != p.MerchantKey) ? 1 : 0;

        var refunds = unspent.Where(e => e.Kind is PaymentKind.Refund or PaymentKind.Reversal && e.Refusal == Refusal.None).ToList();
        var now = refunds.Select(e => e.TimeMs / 1000).Append(p.TimeMs / 1000).Max();
        var givenBack = refunds.Sum(e => e.Amount * Math.Exp(-(now - (e.TimeMs / 1000)) / (MonthMs / 1000))) + (isCredit ? p.Amount : 0);
        var usual = Math.Exp(Norm.Of(card.Select(e => e.AmountLog), 300).Mean(PopulationAmount().Mean, 5));
        f[(int)Feature.RefundRatio] = Math.Log(1 + (givenBack / (Math.Exp(f[(int)Feature.Sum30Days]) - 1 + usual)));

        List<Payment> attempts = [.. unspent.Where(IsAttempt).TakeLast(8).Where(e => IsInHourBefore(p, e)), p];
        f[(int)Feature.WrongPins1Hour] = attempts.Count(e => e.Refusal == Refusal.WrongPin);
        f[(int)Feature.Refused1Hour] = attempts.Count(e => e.Refusal != Refusal.None);
        f[(int)Feature.Verifications1Hour] = attempts.Count(e => IsAttempt(e) && e.Refusal == Refusal.None);
        if (p.Kind is PaymentKind.Refund or PaymentKind.Reversal or PaymentKind.Verification)
        {
            foreach (var feature in OfSpending)
            {
                f[(int)feature] = 0;
            }
        }
    }

    private static bool IsAttempt(Payment p) => p.Refusal != Refusal.None || p.Kind == PaymentKind.Verification;

    private static bool IsInHourBefore(Payment p, Payment earlier) =>
        ((p.TimeMs / 1000) - (earlier.TimeMs / 1000)) is >= 0 and < 3600;
}
