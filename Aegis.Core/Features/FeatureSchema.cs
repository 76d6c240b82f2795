using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Aegis.Core.Transactions;
using static Aegis.Core.Features.FeatureSource;
using static Aegis.Core.Features.ModelRole;
using static Aegis.Core.Features.SuspiciousSide;

namespace Aegis.Core.Features;

/// <summary>The features in order, and a hash that ties models and stored vectors to this very list.</summary>
public static class FeatureSchema
{
    /// <summary>All features, in the order of <see cref="Feature"/>.</summary>
    public static ImmutableArray<FeatureDefinition> All { get; } =
    [
        new("amount_log", "ln(1 + EUR)", "amount", Payment, High, Scaled,
            "The amount in the reference currency.", "never"),
        new("amount_z", "standard deviations", "amount", Card, High, Scaled,
            "ln(1 + amount) against the card's norm, shrunk to the population with a weight of 5 payments; 0 is usual.", "first payment: against the population"),
        new("amount_deviation", "standard deviations", "amount", Card, High, Stored,
            "The amount against mean and standard deviation of the card's amounts: the mean shrunk to the population, the deviation to that mean, with a weight of 5 payments.", "first payment: against the population's mean"),
        new("amount_to_mean", "ln ratio", "amount", Card, High, Stored,
            "The amount, 1 added, against the card's mean amount decayed over 30 days, shrunk to the population with a weight of 5 payments; 0 is usual.", "first payment: against the population's mean"),
        new("amount_to_maximum", "ln ratio", "amount", Card, High, Stored,
            "The amount against the card's largest so far.", "first payment: 0"),
        new("amount_to_category", "ln ratio", "amount", Card, High, Scaled,
            "The amount against the card's norm in this category, shrunk to the category's with a weight of 3 payments; 0 is usual.", "category new to the card: against the category's norm"),
        new("recent_amount_shift", "ln ratio", "amount", Card, High, Scaled,
            "ln(1 + amount) of the card's last 8 payments on average against its norm, padded by 2 usual payments; 0 is usual.", "first payment: 0"),
        new("amount_excess_7d", "standard deviations", "amount", Card, High, Stored,
            "What amount_deviation of earlier payments, with 30 for the population's mean, had above 2, at most 8 each, summed and decayed over 7 days.", "first payment: 0"),
        new("small_amounts_1h", "payments", "amount", Card, High, Stored,
            "Payments below 5 EUR among the card's last 8 that happened within the hour before.", "first payment: 0"),
        new("count_10m", "ln(1 + payments)", "velocity", Card, High, Stored,
            "Earlier payments, decayed over 10 minutes.", "first payment: 0"),
        new("count_1h", "ln(1 + payments)", "velocity", Card, High, Stored,
            "Earlier payments, decayed over 1 hour.", "first payment: 0"),
        new("count_1d", "ln(1 + payments)", "velocity", Card, High, Stored,
            "Earlier payments, decayed over 1 day.", "first payment: 0"),
        new("count_7d", "ln(1 + payments)", "velocity", Card, None, Stored,
            "Earlier payments, decayed over 7 days.", "first payment: 0"),
        new("count_30d", "ln(1 + payments)", "velocity", Card, None, Stored,
            "Earlier payments, decayed over 30 days.", "first payment: 0"),
        new("sum_10m", "ln(1 + EUR)", "velocity", Card, High, Stored,
            "Earlier amounts, decayed over 10 minutes.", "first payment: 0"),
        new("sum_1h", "ln(1 + EUR)", "velocity", Card, High, Scaled,
            "Earlier amounts, decayed over 1 hour.", "first payment: 0"),
        new("sum_1d", "ln(1 + EUR)", "velocity", Card, High, Stored,
            "Earlier amounts, decayed over 1 day.", "first payment: 0"),
        new("sum_7d", "ln(1 + EUR)", "velocity", Card, None, Stored,
            "Earlier amounts, decayed over 7 days.", "first payment: 0"),
        new("sum_30d", "ln(1 + EUR)", "velocity", Card, None, Stored,
            "Earlier amounts, decayed over 30 days.", "first payment: 0"),
        new("exact_count_10m", "payments", "velocity", Card, High, Stored,
            "Payments of the 10 minutes before, counted among the card's last 8.", "first payment: 0"),
        new("exact_count_1h", "payments", "velocity", Card, High, Stored,
            "Payments of the hour before, counted among the card's last 8.", "first payment: 0"),
        new("count_burst_1h", "ln ratio", "velocity", Card, High, Stored,
            "Payments of the last hour against the hourly mean of 30 days, both padded by 1; 0 is usual.", "first payment: 0"),
        new("count_burst", "ln ratio", "velocity", Card, High, Stored,
            "Payments of the last day against the daily mean of 30 days, both padded by 1; 0 is usual.", "first payment: 0"),
        new("sum_burst_1d", "ln ratio", "velocity", Card, High, Stored,
            "Amounts of the last day, this one included, against the daily mean of 30 days, both padded by a usual payment.", "first payment: against the population's norm"),
        new("sum_burst_7d", "ln ratio", "velocity", Card, High, Stored,
            "Amounts of the last 7 days, this one included, against the weekly mean of 30 days, both padded by a usual payment.", "first payment: against the population's norm"),
        new("card_age", "ln(1 + payments)", "velocity", Card, None, Stored,
            "Payments of this card seen so far.", "first payment: 0"),
        new("first_payment", "0 or 1", "velocity", Card, None, Stored,
            "1 where no payment of the card was seen before: the indicator of all that is missing then.", "never"),
        new("gap_log", "ln(1 + s)", "time", Card, Low, Stored,
            "Time since the card's last payment.", "first payment: 30 days"),
        new("gap_ratio", "ln ratio", "time", Card, Low, Stored,
            "Time since the card's last payment against its mean gap of 30 days, both padded by a minute; 0 is usual.", "first payment: 0"),
        new("hour_surprise", "nats", "time", Card, High, Scaled,
            "-ln of the hour's density among the card's payments, smoothed to the population's with a weight of 20 payments; 0 is a uniform day.", "first payment: the population's density"),
        new("hour_sin", "-1 to 1", "time", Payment, None, Stored,
            "Sine of the UTC hour of day.", "never"),
        new("hour_cos", "-1 to 1", "time", Payment, None, Stored,
            "Cosine of the UTC hour of day.", "never"),
        new("place_known", "0 or 1", "place", Card, None, Stored,
            "1 where the payment was made at a terminal whose place is known, and an earlier one too: the indicator of the place features.", "never"),
        new("distance_log", "ln(1 + km)", "place", Card, None, Stored,
            "Distance from the card's last payment at a terminal.", "place_known is 0: 0"),
        new("speed_log", "ln(1 + km/h)", "place", Card, High, Scaled,
            "The speed that distance implies, over at least 3 minutes.", "place_known is 0: 0"),
        new("centre_distance_log", "ln(1 + km)", "place", Card, High, Stored,
            "Distance from the card's centre of life: the mean place of its payments at terminals, decayed over 30 days.", "place_known is 0: 0"),
        new("centre_z", "spreads", "place", Card, High, Stored,
            "That distance in units of the card's usual distance from its centre, shrunk to 25 km with a weight of 3 payments.", "place_known is 0: 0"),
        new("travel_1d", "ln(1 + km)", "place", Card, High, Stored,
            "Distances between payments at terminals, decayed over 1 day, this one included.", "place_known is 0: 0"),
        new("travel_burst", "ln ratio", "place", Card, High, Stored,
            "Those distances against the daily mean of 30 days, both padded by 10 km; 0 is usual.", "place_known is 0: 0"),
        new("new_merchant", "0 or 1", "novelty", Card, High, Stored,
            "1 where the merchant is not among the card's last 16.", "first payment: 0"),
        new("new_country", "0 or 1", "novelty", Card, High, Scaled,
            "1 where the country is not among the card's last 4.", "first payment: 0"),
        new("new_device", "0 or 1", "novelty", Card, High, Scaled,
            "1 where the device is not among the card's last 4.", "no device, or the card's first: 0"),
        new("device_known", "0 or 1", "novelty", Payment, None, Stored,
            "1 where the payment names its device: the indicator of the device features.", "never"),
        new("merchant_surprise", "nats", "novelty", Card, High, Stored,
            "-ln of the merchant's smoothed share among the card's payments at its last 16 merchants, against an even share.", "first payment: 0"),
        new("country_surprise", "nats", "novelty", Card, High, Stored,
            "-ln of the country's smoothed share among the card's payments in its last 4 countries, against an even share.", "first payment: 0"),
        new("device_surprise", "nats", "novelty", Card, High, Stored,
            "-ln of the device's smoothed share among the card's payments from its last 4 devices, against an even share.", "no device, or the card's first: 0"),
        new("channel_surprise", "nats", "novelty", Card, High, Scaled,
            "-ln of the channel's smoothed share among the card's payments, against an even share.", "first payment: 0"),
        new("category_surprise", "nats", "novelty", Card, High, Stored,
            "-ln of the category's smoothed share among the card's payments, against an even share.", "first payment: 0"),
        new("merchant_age", "ln(1 + payments)", "merchant", Merchant, None, Stored,
            "Payments of the merchant, decayed over 30 days.", "unknown merchant: 0"),
        new("merchant_burst", "ln ratio", "merchant", Merchant, High, Stored,
            "The merchant's payments of the last day against its daily mean of 30 days, both padded by half a payment.", "unknown merchant: 0"),
        new("merchant_amount_z", "standard deviations", "merchant", Merchant, Both, Stored,
            "ln(1 + amount) against the merchant's norm, shrunk to the category's with a weight of 5 payments.", "unknown merchant: against the category's norm"),
        new("merchant_cards", "ln(1 + cards)", "merchant", Merchant, None, Stored,
            "Distinct cards at the merchant yesterday and today (UTC), estimated to about 13 %.", "unknown merchant: 0"),
        new("merchant_new_cards", "ln ratio", "merchant", Merchant, High, Stored,
            "Payments of the last day by cards that had not been at the merchant lately, against the daily mean of 30 days, both padded by half a payment.", "unknown merchant: 0"),
        new("merchant_small_amounts", "ln ratio", "merchant", Merchant, High, Stored,
            "The merchant's payments below 5 EUR of the last day against its daily mean of 30 days, both padded by half a payment: cards being tested.", "unknown merchant: 0"),
        new("category_amount_z", "standard deviations", "population", Population, High, Stored,
            "ln(1 + amount) against the norm of all payments in its category.", "no payments known: against about 30 EUR"),
        new("category_rarity", "nats", "population", Population, High, Stored,
            "-ln of the category's smoothed share of all payments, against an even share.", "no payments known: 0"),
        new("country_rarity", "nats", "population", Population, High, Stored,
            "-ln of the country's smoothed share of all payments.", "no payments known: 0"),
        new("merchant_risk_1d", "nats", "labels", Labels, High, Stored,
            "ln of the merchant's fraud rate over 1 day, shrunk, against that of all payments; only payments older than the label delay count.", "no fraud known of it: 0"),
        new("merchant_risk_7d", "nats", "labels", Labels, High, Stored,
            "ln of the merchant's fraud rate over 7 days, shrunk, against that of all payments; only payments older than the label delay count.", "no fraud known of it: 0"),
        new("merchant_risk_30d", "nats", "labels", Labels, High, Stored,
            "ln of the merchant's fraud rate over 30 days, shrunk, against that of all payments; only payments older than the label delay count.", "no fraud known of it: 0"),
        new("device_risk_1d", "nats", "labels", Labels, High, Stored,
            "ln of the device's fraud rate over 1 day, shrunk, against that of all payments; only payments older than the label delay count.", "no fraud known of it, or no device: 0"),
        new("device_risk_7d", "nats", "labels", Labels, High, Stored,
            "ln of the device's fraud rate over 7 days, shrunk, against that of all payments; only payments older than the label delay count.", "no fraud known of it, or no device: 0"),
        new("device_risk_30d", "nats", "labels", Labels, High, Stored,
            "ln of the device's fraud rate over 30 days, shrunk, against that of all payments; only payments older than the label delay count.", "no fraud known of it, or no device: 0"),
        new("bin_risk_1d", "nats", "labels", Labels, High, Stored,
            "ln of the BIN's fraud rate over 1 day, shrunk, against that of all payments; only payments older than the label delay count.", "no fraud known of it, or no BIN: 0"),
        new("bin_risk_7d", "nats", "labels", Labels, High, Stored,
            "ln of the BIN's fraud rate over 7 days, shrunk, against that of all payments; only payments older than the label delay count.", "no fraud known of it, or no BIN: 0"),
        new("bin_risk_30d", "nats", "labels", Labels, High, Stored,
            "ln of the BIN's fraud rate over 30 days, shrunk, against that of all payments; only payments older than the label delay count.", "no fraud known of it, or no BIN: 0"),
        new("since_fraud_log", "ln(1 + days)", "labels", Labels, Low, Stored,
            "Time since a payment of the card last proved fraudulent.", "never proved: 365 days"),
        new("since_genuine_log", "ln(1 + days)", "labels", Labels, None, Stored,
            "Time since a payment of the card last proved genuine.", "never proved: 365 days"),
        new("category", "index", "kind", Payment, None, Stored,
            "The merchant's category group.", "never", MerchantCategories.Count),
        new("channel", "index", "kind", Payment, None, OneHot,
            "How the card was presented.", "never", Channels.Count),
    ];

    /// <summary>What models read unless a replay has chosen otherwise.</summary>
    public static ImmutableArray<Feature> DefaultInputs { get; } = [.. Enum.GetValues<Feature>().Where(f => All[(int)f].Role != Stored)];

    /// <summary>The length of a feature vector.</summary>
    public static int Count => All.Length;

    /// <summary>The first 8 bytes, as hexadecimal, of a SHA-256 over names, sides and roles in order.</summary>
    public static string Hash { get; } = ComputeHash();

    /// <summary>The definition of a feature.</summary>
    public static FeatureDefinition Of(Feature feature) => All[(int)feature];

    /// <summary>The feature of a name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Feature Named(string name)
    {
        var index = 0;
        while (index < Count && All[index].Name != name)
        {
            index++;
        }

        return index < Count
            ? (Feature)index
            : throw new ArgumentException($"Feature is '{name}'; allowed: {string.Join(", ", All.Select(f => f.Name))}.", nameof(name));
    }

    private static string ComputeHash()
    {
        var text = string.Join('\n', All.Select(f => $"{f.Name} {f.Side} {f.Role} {f.Levels}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}
