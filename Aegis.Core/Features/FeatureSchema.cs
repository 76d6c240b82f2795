using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Aegis.Core.Transactions;
using static Aegis.Core.Features.ModelRole;
using static Aegis.Core.Features.SuspiciousSide;

namespace Aegis.Core.Features;

/// <summary>The features in order, and a hash that ties models and stored vectors to this very list.</summary>
public static class FeatureSchema
{
    /// <summary>All features, in the order of <see cref="Feature"/>.</summary>
    public static ImmutableArray<FeatureDefinition> All { get; } =
    [
        new("amount_log", "ln(1 + EUR)", "amount", High, Scaled, "The amount in the reference currency."),
        new("amount_z", "standard deviations", "amount", High, Scaled, "ln amount against the card's norm, shrunk to the population with a weight of 5 payments; 0 is usual."),
        new("amount_to_maximum", "ln ratio", "amount", High, Scaled, "The amount against the card's largest so far; 0 for a first payment."),
        new("amount_to_category", "ln ratio", "amount", High, Scaled, "The amount against the card's norm in this category, shrunk to the category's; 0 is usual."),
        new("count_10m", "ln(1 + payments)", "velocity", High, Stored, "Earlier payments, decayed over 10 minutes."),
        new("count_1h", "ln(1 + payments)", "velocity", High, Scaled, "Earlier payments, decayed over 1 hour."),
        new("count_1d", "ln(1 + payments)", "velocity", High, Scaled, "Earlier payments, decayed over 1 day."),
        new("count_7d", "ln(1 + payments)", "velocity", None, Stored, "Earlier payments, decayed over 7 days."),
        new("count_30d", "ln(1 + payments)", "velocity", None, Stored, "Earlier payments, decayed over 30 days."),
        new("sum_10m", "ln(1 + EUR)", "velocity", High, Stored, "Earlier amounts, decayed over 10 minutes."),
        new("sum_1h", "ln(1 + EUR)", "velocity", High, Stored, "Earlier amounts, decayed over 1 hour."),
        new("sum_1d", "ln(1 + EUR)", "velocity", High, Scaled, "Earlier amounts, decayed over 1 day."),
        new("sum_7d", "ln(1 + EUR)", "velocity", None, Stored, "Earlier amounts, decayed over 7 days."),
        new("sum_30d", "ln(1 + EUR)", "velocity", None, Stored, "Earlier amounts, decayed over 30 days."),
        new("count_burst", "ln ratio", "velocity", High, Scaled, "Payments of the last day against the daily mean of 30 days; 0 is usual."),
        new("sum_burst_1d", "ln ratio", "velocity", High, Scaled, "Amounts of the last day, this one included, against the daily mean of 30 days."),
        new("sum_burst_7d", "ln ratio", "velocity", High, Scaled, "Amounts of the last 7 days, this one included, against the weekly mean of 30 days."),
        new("gap_log", "ln(1 + s)", "time", Low, Scaled, "Time since the card's last payment; 30 days for a first payment."),
        new("distance_log", "ln(1 + km)", "place", None, Stored, "Distance from the card's last payment at a terminal; 0 where either place is unknown."),
        new("speed_log", "ln(1 + km/h)", "place", High, Scaled, "The speed that distance implies, over at least 3 minutes; 0 where either place is unknown."),
        new("new_merchant", "0 or 1", "novelty", High, Stored, "1 where the merchant is not among the card's last 16; 0 for a first payment."),
        new("new_country", "0 or 1", "novelty", High, Scaled, "1 where the country is not among the card's last 4; 0 for a first payment."),
        new("new_device", "0 or 1", "novelty", High, Scaled, "1 where the device is not among the card's last 4; 0 without a device or for a first one."),
        new("channel_surprise", "nats", "novelty", High, Scaled, "-ln of the channel's smoothed share among the card's payments."),
        new("category_surprise", "nats", "novelty", High, Stored, "-ln of the category's smoothed share among the card's payments."),
        new("hour_surprise", "nats", "time", High, Scaled, "-ln of the hour's density among the card's payments, smoothed to the population's; 0 is a uniform day."),
        new("hour_sin", "-1 to 1", "time", None, Stored, "Sine of the UTC hour of day."),
        new("hour_cos", "-1 to 1", "time", None, Stored, "Cosine of the UTC hour of day."),
        new("weekday_sin", "-1 to 1", "time", None, Stored, "Sine of the UTC weekday, Monday first."),
        new("weekday_cos", "-1 to 1", "time", None, Stored, "Cosine of the UTC weekday, Monday first."),
        new("merchant_burst", "ln ratio", "merchant", High, Stored, "The merchant's payments of the last day against its daily mean of 30 days."),
        new("merchant_amount_z", "standard deviations", "merchant", High, Scaled, "ln amount against the merchant's norm, shrunk to the category's."),
        new("card_age", "ln(1 + payments)", "velocity", None, Stored, "Payments of this card seen so far."),
        new("merchant_risk_1d", "nats", "labels", High, Stored, "ln of the merchant's fraud rate over 1 day, shrunk, against that of all payments; labels count once their payments are older than the label delay. 0 where no fraud is known of it."),
        new("merchant_risk_7d", "nats", "labels", High, Stored, "ln of the merchant's fraud rate over 7 days, shrunk, against that of all payments; labels count once their payments are older than the label delay. 0 where no fraud is known of it."),
        new("merchant_risk_30d", "nats", "labels", High, Stored, "ln of the merchant's fraud rate over 30 days, shrunk, against that of all payments; labels count once their payments are older than the label delay. 0 where no fraud is known of it."),
        new("device_risk_1d", "nats", "labels", High, Stored, "ln of the device's fraud rate over 1 day, shrunk, against that of all payments; labels count once their payments are older than the label delay. 0 where no fraud is known of it, or no device given."),
        new("device_risk_7d", "nats", "labels", High, Stored, "ln of the device's fraud rate over 7 days, shrunk, against that of all payments; labels count once their payments are older than the label delay. 0 where no fraud is known of it, or no device given."),
        new("device_risk_30d", "nats", "labels", High, Stored, "ln of the device's fraud rate over 30 days, shrunk, against that of all payments; labels count once their payments are older than the label delay. 0 where no fraud is known of it, or no device given."),
        new("bin_risk_1d", "nats", "labels", High, Stored, "ln of the BIN's fraud rate over 1 day, shrunk, against that of all payments; labels count once their payments are older than the label delay. 0 where no fraud is known of it, or no BIN given."),
        new("bin_risk_7d", "nats", "labels", High, Stored, "ln of the BIN's fraud rate over 7 days, shrunk, against that of all payments; labels count once their payments are older than the label delay. 0 where no fraud is known of it, or no BIN given."),
        new("bin_risk_30d", "nats", "labels", High, Stored, "ln of the BIN's fraud rate over 30 days, shrunk, against that of all payments; labels count once their payments are older than the label delay. 0 where no fraud is known of it, or no BIN given."),
        new("since_fraud_log", "ln(1 + days)", "labels", Low, Stored, "Time since the card's last verdict of fraud; 365 days where there is none."),
        new("since_genuine_log", "ln(1 + days)", "labels", None, Stored, "Time since the card's last verdict of genuine; 365 days where there is none."),
        new("category", "index", "kind", None, OneHot, "The merchant's category group.", MerchantCategories.Count),
        new("channel", "index", "kind", None, OneHot, "How the card was presented.", Channels.Count),
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
