using System.Collections.Immutable;
using static Aegis.Core.Features.FeatureSource;
using static Aegis.Core.Features.ModelRole;
using static Aegis.Core.Features.SuspiciousSide;

namespace Aegis.Core.Features;

/// <summary>Defines each feature of <see cref="FactFeatures"/>, in the order of <see cref="Feature"/>.</summary>
internal static class FactDefinitions
{
    /// <summary>One definition for each member.</summary>
    public static ImmutableArray<FeatureDefinition> All { get; } =
    [
        new(Feature.MerchantAge, "merchant_age", "ln(1 + payments)", "merchant", Merchant, None, Stored,
            "Payments of the merchant, decayed over 30 days.", "unknown merchant: 0"),
        new(Feature.MerchantBurst, "merchant_burst", "ln ratio", "merchant", Merchant, High, Stored,
            "The merchant's payments of the last day against its daily mean of 30 days, both padded by half a payment.",
            "unknown merchant: 0"),
        new(Feature.MerchantAmountZ, "merchant_amount_z", "standard deviations", "merchant", Merchant, Both, Stored,
            "ln(1 + amount) against the merchant's norm, shrunk to the category's with a weight of 5 payments.",
            "unknown merchant: against the category's norm"),
        new(Feature.MerchantCards, "merchant_cards", "ln(1 + cards)", "merchant", Merchant, None, Stored,
            "Distinct cards at the merchant yesterday and today (UTC), estimated to about 13 %.", "unknown merchant: 0"),
        new(Feature.MerchantNewCards, "merchant_new_cards", "ln ratio", "merchant", Merchant, High, Stored,
            "Payments of the last day by cards that had not been at the merchant lately, against the daily mean of 30 days, " +
            "both padded by half a payment.",
            "unknown merchant: 0"),
        new(Feature.MerchantSmallAmounts, "merchant_small_amounts", "ln ratio", "merchant", Merchant, High, Stored,
            "The merchant's payments below 5 EUR of the last day against its daily mean of 30 days, both padded by half a " +
            "payment: cards being tested.",
            "unknown merchant: 0"),
        new(Feature.CategoryAmountZ, "category_amount_z", "standard deviations", "population", Population, High, Stored,
            "ln(1 + amount) against the norm of all payments in its category.", "no payments known: against about 30 EUR"),
        new(Feature.CategoryRarity, "category_rarity", "nats", "population", Population, High, Stored,
            "-ln of the category's smoothed share of all payments, against an even share.", "no payments known: 0"),
        new(Feature.CountryRarity, "country_rarity", "nats", "population", Population, High, Stored,
            "-ln of the country's smoothed share of all payments.", "no payments known: 0"),
    ];
}
