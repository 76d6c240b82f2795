using System.Runtime.CompilerServices;
using Aegis.Core.Facts;

namespace Aegis.Core.Features;

/// <summary>What all shards know of the merchant, and how usual category, country and amount are over all cards.</summary>
internal static class FactFeatures
{
    private static readonly MerchantFact Unknown;

    public static void Fill(in PaymentFacts payment, FactTable facts, Span<float> f)
    {
        ref readonly var population = ref facts.Population;
        var mean = population.CategoryMean(payment.Category);
        var variance = population.CategoryVariance(payment.Category);
        f[(int)Feature.CategoryAmountZ] = (float)((payment.AmountLog - mean) / Math.Sqrt(variance + 1e-4));
        f[(int)Feature.CategoryRarity] = (float)population.RarityOf(payment.Category);
        f[(int)Feature.CountryRarity] = (float)-Math.Log((facts.Countries.Find(payment.CountryCode) + 1) / (population.Payments + 1));

        ref readonly var found = ref facts.Merchants.FindReference(payment.MerchantHash);
        ref readonly var merchant = ref Unsafe.IsNullRef(in found) ? ref Unknown : ref found;
        var elapsedMs = merchant.ElapsedMs(payment.TimeMs);
        f[(int)Feature.MerchantAge] = (float)Math.Log(1 + merchant.Payments.MonthAfter(elapsedMs));
        f[(int)Feature.MerchantBurst] = (float)merchant.Payments.BurstAfter(elapsedMs);
        f[(int)Feature.MerchantNewCards] = (float)merchant.NewCards.BurstAfter(elapsedMs);
        f[(int)Feature.MerchantSmallAmounts] = (float)merchant.SmallAmounts.BurstAfter(elapsedMs);
        f[(int)Feature.MerchantCards] = (float)Math.Log(1 + merchant.CardsOn(payment.Day));
        f[(int)Feature.MerchantAmountZ] = (float)AmountFeatures.ZScore(payment.AmountLog, merchant.AmountLog, mean, variance);
    }
}
