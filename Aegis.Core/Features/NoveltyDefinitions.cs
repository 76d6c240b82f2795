using System.Collections.Immutable;
using static Aegis.Core.Features.FeatureSource;
using static Aegis.Core.Features.ModelRole;
using static Aegis.Core.Features.SuspiciousSide;

namespace Aegis.Core.Features;

/// <summary>Defines each feature of <see cref="NoveltyFeatures"/>, in the order of <see cref="Feature"/>.</summary>
internal static class NoveltyDefinitions
{
    /// <summary>One definition for each member.</summary>
    public static ImmutableArray<FeatureDefinition> All { get; } =
    [
        new(Feature.NewMerchant, "new_merchant", "0 or 1", "novelty", Card, High, Stored,
            "1 where the merchant is not among the card's last 16.", "first payment: 0"),
        new(Feature.NewCountry, "new_country", "0 or 1", "novelty", Card, High, Scaled,
            "1 where the country is not among the card's last 4.", "first payment: 0"),
        new(Feature.NewDevice, "new_device", "0 or 1", "novelty", Card, High, Scaled,
            "1 where the device is not among the card's last 4.", "no device, or the card's first: 0"),
        new(Feature.DeviceKnown, "device_known", "0 or 1", "novelty", Payment, None, Stored,
            "1 where the payment names its device: the indicator of the device features.", "never"),
        new(Feature.MerchantSurprise, "merchant_surprise", "nats", "novelty", Card, High, Stored,
            "-ln of the merchant's smoothed share among the card's payments at its last 16 merchants, against an even share.",
            "first payment: 0"),
        new(Feature.CountrySurprise, "country_surprise", "nats", "novelty", Card, High, Stored,
            "-ln of the country's smoothed share among the card's payments in its last 4 countries, against an even share.",
            "first payment: 0"),
        new(Feature.DeviceSurprise, "device_surprise", "nats", "novelty", Card, High, Stored,
            "-ln of the device's smoothed share among the card's payments from its last 4 devices, against an even share.",
            "no device, or the card's first: 0"),
        new(Feature.ChannelSurprise, "channel_surprise", "nats", "novelty", Card, High, Scaled,
            "-ln of the channel's smoothed share among the card's payments, against an even share.", "first payment: 0"),
        new(Feature.CategorySurprise, "category_surprise", "nats", "novelty", Card, High, Stored,
            "-ln of the category's smoothed share among the card's payments, against an even share.", "first payment: 0"),
    ];
}
