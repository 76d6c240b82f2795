using Aegis.Core.Facts;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;

namespace Aegis.Core.Features;

/// <summary>Computes the features that compare the amount with what the card usually pays.</summary>
internal static class AmountFeatures
{
    /// <summary>The weight of the population's norm beside the card's, in payments.</summary>
    public const double NormShrinkage = 5;
    private const double CategoryShrinkage = 3;
    private const double ShiftPadding = 2;
    private const long HourMs = 3_600_000;

    public static void Fill(
        in Payment payment, in CardHistory card, in PopulationNorms population, in CardMoment moment, Span<float> f)
    {
        f[(int)Feature.AmountLog] = (float)payment.AmountLog;
        f[(int)Feature.AmountZ] = (float)ZScore(payment.AmountLog, card.AmountLog, population.AmountMean, population.AmountVariance);

        f[(int)Feature.AmountDeviation] = (float)moment.AmountDeviation;
        f[(int)Feature.AmountExcess7Days] = (float)moment.AmountExcess;
        var lately = (moment.Sums[^1] + (NormShrinkage * population.PlainAmountMean)) / (moment.Counts[^1] + NormShrinkage);
        f[(int)Feature.AmountToMean] = MathF.Log((float)((payment.Amount + 1) / (lately + 1)));
        f[(int)Feature.AmountToMaximum] = card.PaymentCount == 0 ? 0 : (float)(payment.AmountLog - Math.Log(1 + card.LargestAmount));

        var category = (int)payment.Category;
        var paid = card.CategoryPayments[category];
        var inCategory = ((paid * card.CategoryMeans[category]) + (CategoryShrinkage * population.CategoryMean(payment.Category))) / (
            paid + CategoryShrinkage);
        f[(int)Feature.AmountToCategory] = (float)(payment.AmountLog - inCategory);
        Recent(payment, card, f);
    }

    /// <summary>The card's usual amount (geometric mean of 1 + amount), shrunk to the population's with a weight of 5 payments.</summary>
    public static double Usual(in CardHistory card, in PopulationNorms population) =>
        Math.Exp(card.AmountLog.ShrunkMean(population.AmountMean, NormShrinkage));

    /// <summary>A value in standard deviations of a norm, which is shrunk to a prior with a weight of 5 payments.</summary>
    public static double ZScore(double value, in RunningNorm norm, double priorMean, double priorVariance) =>
        (value - norm.ShrunkMean(priorMean, NormShrinkage)) / Math.Sqrt(norm.ShrunkVariance(priorVariance, NormShrinkage) + 1e-4);

    /// <summary>The amount in standard deviations of the card's amounts. Both are shrunk with a weight of 5 payments:
    /// the mean to <paramref name="priorMean"/>, the deviation to the mean.</summary>
    public static double Deviation(in Payment payment, in CardHistory card, double priorMean)
    {
        var usual = card.Amount.ShrunkMean(priorMean, NormShrinkage);
        return (payment.Amount - usual) / Math.Sqrt(card.Amount.ShrunkVariance(usual * usual, NormShrinkage) + 1e-4);
    }

    private static void Recent(in Payment payment, in CardHistory card, Span<float> f)
    {
        // The sum of logarithms, as the logarithm of a product: eight amounts of 10^9 fit.
        var (product, count, small) = (1.0, 0, 0);
        foreach (ref readonly var recent in card.RecentSoFar())
        {
            if (recent.TimeMs <= payment.TimeMs)
            {
                count++;
                product *= 1 + recent.Amount;
                small += recent.Amount < Payment.SmallAmount && recent.TimeMs > payment.TimeMs - HourMs ? 1 : 0;
            }
        }

        f[(int)Feature.RecentAmountShift] = (float)((Math.Log(product) - (count * card.AmountLog.Mean)) / (count + ShiftPadding));
        f[(int)Feature.SmallAmounts1Hour] = small;
    }
}
