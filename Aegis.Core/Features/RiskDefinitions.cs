using System.Collections.Immutable;
using static Aegis.Core.Features.FeatureSource;
using static Aegis.Core.Features.ModelRole;
using static Aegis.Core.Features.SuspiciousSide;

namespace Aegis.Core.Features;

/// <summary>Defines each feature of <see cref="RiskFeatures"/>, in the order of <see cref="Feature"/>.</summary>
internal static class RiskDefinitions
{
    /// <summary>One definition for each member.</summary>
    public static ImmutableArray<FeatureDefinition> All { get; } =
    [
        new(Feature.MerchantRisk1Day, "merchant_risk_1d", "nats", "labels", Labels, High, Stored,
            "ln of the merchant's fraud rate over 1 day, shrunk, against that of all payments; only payments older than the " +
            "label delay count.",
            "no fraud known of it: 0"),
        new(Feature.MerchantRisk7Days, "merchant_risk_7d", "nats", "labels", Labels, High, Stored,
            "ln of the merchant's fraud rate over 7 days, shrunk, against that of all payments; only payments older than the " +
            "label delay count.",
            "no fraud known of it: 0"),
        new(Feature.MerchantRisk30Days, "merchant_risk_30d", "nats", "labels", Labels, High, Stored,
            "ln of the merchant's fraud rate over 30 days, shrunk, against that of all payments; only payments older than " +
            "the label delay count.",
            "no fraud known of it: 0"),
        new(Feature.DeviceRisk1Day, "device_risk_1d", "nats", "labels", Labels, High, Stored,
            "ln of the device's fraud rate over 1 day, shrunk, against that of all payments; only payments older than the " +
            "label delay count.",
            "no fraud known of it, or no device: 0"),
        new(Feature.DeviceRisk7Days, "device_risk_7d", "nats", "labels", Labels, High, Stored,
            "ln of the device's fraud rate over 7 days, shrunk, against that of all payments; only payments older than the " +
            "label delay count.",
            "no fraud known of it, or no device: 0"),
        new(Feature.DeviceRisk30Days, "device_risk_30d", "nats", "labels", Labels, High, Stored,
            "ln of the device's fraud rate over 30 days, shrunk, against that of all payments; only payments older than the " +
            "label delay count.",
            "no fraud known of it, or no device: 0"),
        new(Feature.BinRisk1Day, "bin_risk_1d", "nats", "labels", Labels, High, Stored,
            "ln of the BIN's fraud rate over 1 day, shrunk, against that of all payments; only payments older than the label " +
            "delay count.",
            "no fraud known of it, or no BIN: 0"),
        new(Feature.BinRisk7Days, "bin_risk_7d", "nats", "labels", Labels, High, Stored,
            "ln of the BIN's fraud rate over 7 days, shrunk, against that of all payments; only payments older than the " +
            "label delay count.",
            "no fraud known of it, or no BIN: 0"),
        new(Feature.BinRisk30Days, "bin_risk_30d", "nats", "labels", Labels, High, Stored,
            "ln of the BIN's fraud rate over 30 days, shrunk, against that of all payments; only payments older than the " +
            "label delay count.",
            "no fraud known of it, or no BIN: 0"),
        new(Feature.SinceFraudLog, "since_fraud_log", "ln(1 + days)", "labels", Labels, Low, Stored,
            "Time since a payment of the card last proved fraudulent.", "never proved: 365 days"),
        new(Feature.SinceGenuineLog, "since_genuine_log", "ln(1 + days)", "labels", Labels, None, Stored,
            "Time since a payment of the card last proved genuine.", "never proved: 365 days"),
    ];
}
