using System.Runtime.CompilerServices;
using Aegis.Core.Facts;
using Aegis.Core.Payments;

namespace Aegis.Core.Features;

/// <summary>Computes the features from what all shards know of the merchant, and how usual category, country and amount are.</summary>
internal static class FactFeatures
{
    private static readonly MerchantFact Unknown;

    public static void Fill(in Payment payment, FactTable facts, Span<float> f)
    {
        ref readonly var population = ref facts.Population;
        var mean = population.CategoryMean(payment.Category);
        var variance = population.CategoryVariance(payment.Category);
        f[(int)Feature.CategoryAmountZ] = (float)((payment.AmountLog - mean) / Math.Sqrt(variance + 1e-4));
        f[(int)Feature.CategoryRarity] = population.RarityOf(payment.Category);
        f[(int)Feature.CountryRarity] = -MathF.Log((float)((facts.Countries.Find(payment.CountryCode) + 1) / (population.Payments + 1)));

        ref readonly var found = ref facts.Merchants.FindReference(payment.MerchantHash);
        ref readonly var merchant = ref Unsafe.IsNullRef(in found) ? ref Unknown : ref found;
        var decay = merchant.DecayUntil(payment.TimeMs);
        f[(int)Feature.MerchantAge] = MathF.Log((float)(1 + merchant.Payments.MonthAfter(decay)));
        f[(int)Feature.MerchantBurst] = merchant.Payments.BurstAfter(decay);
        f[(int)Feature.MerchantNewCards] = merchant.NewCards.BurstAfter(decay);
        f[(int)Feature.MerchantSmallAmounts] = merchant.SmallAmounts.BurstAfter(decay);
        f[(int)Feature.MerchantCards] = MathF.Log(1 + merchant.CardsOn(payment.Day));
        f[(int)Feature.MerchantAmountZ] = (float)AmountFeatures.ZScore(payment.AmountLog, merchant.AmountLog, mean, variance);
    }
}
