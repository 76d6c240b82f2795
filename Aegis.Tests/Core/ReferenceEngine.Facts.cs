using Aegis.Core.Features;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Tests.Core;

internal sealed partial class ReferenceEngine
{
    private void Facts(Payment p, double[] f)
    {
        var known = Known.ToList();
        var (mean, variance) = CategoryAmount(p.Category);
        f[(int)Feature.CategoryAmountZ] = (p.AmountLog - mean) / Math.Sqrt(variance + 1e-4);
        f[(int)Feature.CategoryRarity] = Surprise(known.Count(e => e.Payment.Category == p.Category), known.Count, 14);
        f[(int)Feature.CountryRarity] = -Math.Log((known.Count(e => e.Payment.CountryCode == p.CountryCode) + 1) / (known.Count + 1.0));

        // An interval's events count as if they had come at its end; a moment before the newest end sees what stands there.
        var merchant = known.Where(e => e.Payment.MerchantHash == p.MerchantHash).ToList();
        var now = merchant.Count == 0 ? p.TimeMs : Math.Max(p.TimeMs, merchant.Max(End));
        double Decayed(Func<Event, bool> counts, double tau) => merchant.Where(counts).Sum(e => Math.Exp(-(now - End(e)) / tau));
        double Burst(Func<Event, bool> counts) => Math.Log((Decayed(counts, DayMs) + 0.5) / ((Decayed(counts, MonthMs) / 30) + 0.5));
        f[(int)Feature.MerchantAge] = Math.Log(1 + Decayed(_ => true, MonthMs));
        f[(int)Feature.MerchantBurst] = Burst(_ => true);
        f[(int)Feature.MerchantNewCards] = Burst(e => e.IsNewAtMerchant);
        f[(int)Feature.MerchantSmallAmounts] = Burst(e => e.Payment.Amount < 5);
        f[(int)Feature.MerchantAmountZ] = Norm.Of(merchant.Select(e => e.Payment.AmountLog), 1_000).Z(p.AmountLog, mean, variance);

        var newestDay = merchant.Count == 0 ? 0 : merchant.Max(e => (End(e) - 1) / (long)DayMs);
        var cards = merchant.Where(e => (End(e) - 1) / (long)DayMs >= newestDay - 1).Select(e => e.Payment.CardHash).Distinct().Count();
        f[(int)Feature.MerchantCards] = Math.Log(1 + (p.Day - newestDay <= 1 ? cards : 0));
    }

    private long End(Event e) => _ends[e.Interval];

    private (double Mean, double Variance) PopulationAmount()
    {
        var norm = Norm.Of(Known.Select(e => e.Payment.AmountLog), 100_000);
        return (norm.Mean(3.4, 20), norm.Variance(1, 20));
    }

    private (double Mean, double Variance) CategoryAmount(MerchantCategory category)
    {
        var all = PopulationAmount();
        var norm = Norm.Of(Known.Where(e => e.Payment.Category == category).Select(e => e.Payment.AmountLog), 100_000);
        return (norm.Mean(all.Mean, 50), norm.Variance(all.Variance, 50));
    }

    private void Risks(Payment p, double[] f)
    {
        var last = p.Day - labelDelayDays - 1;
        int[] windows = [1, 7, 30];
        var frauds = _labels.Where(l => l.Interval + 2 <= Interval && l.Label.IsFraud).Select(l => l.Label).ToList();
        var payments = Known.Select(e => e.Payment).ToList();
        bool IsIn(long timeMs, int days) => timeMs / (long)DayMs <= last && timeMs / (long)DayMs > last - days;
        var baseRate = frauds.Count(l => IsIn(l.PaymentTimeMs, 30)) / Math.Max(1.0, payments.Count(e => IsIn(e.TimeMs, 30)));
        for (var i = 0; i < 3; i++)
        {
            double Risk(Func<LabelledPayment, bool> isFraudOf, Func<Payment, bool> isPaymentOf)
            {
                var found = frauds.Count(l => isFraudOf(l) && IsIn(l.PaymentTimeMs, windows[i]));
                var seen = payments.Count(e => isPaymentOf(e) && IsIn(e.TimeMs, windows[i]));
                return found == 0 ? 0 : Math.Log((found + 1) / ((Math.Max(seen, found) * baseRate) + 1));
            }

            f[(int)Feature.MerchantRisk1Day + i] = Risk(l => l.MerchantHash == p.MerchantHash, e => e.MerchantHash == p.MerchantHash);
            f[(int)Feature.DeviceRisk1Day + i] = p.DeviceHash == 0
                ? 0
                : Risk(l => l.DeviceHash == p.DeviceHash, e => e.DeviceHash == p.DeviceHash);
            f[(int)Feature.BinRisk1Day + i] = p.Bin == 0 ? 0 : Risk(l => l.Bin == p.Bin, e => e.Bin == p.Bin);
        }

        f[(int)Feature.SinceFraudLog] = Since(p, true);
        f[(int)Feature.SinceGenuineLog] = Since(p, false);
    }

    private double Since(Payment p, bool isFraud)
    {
        var verdicts = _labels.Where(l => l.Label.CardHash == p.CardHash && l.Label.IsFraud == isFraud)
            .Select(l => l.Label.LabelledAtMs / 1000).ToList();
        return Math.Log(1 + (verdicts.Count == 0 ? 365 : Math.Clamp(((p.TimeMs / 1000.0) - verdicts.Max()) / 86_400, 0, 365)));
    }

    /// <summary>Values with weights; where these add up to the memory, all shrink so that the next value has room.</summary>
}
