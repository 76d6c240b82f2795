using System.Collections.Immutable;
using Aegis.Core.Transactions;
using static Aegis.Core.Features.FeatureSource;
using static Aegis.Core.Features.ModelRole;
using static Aegis.Core.Features.SuspiciousSide;

namespace Aegis.Core.Features;

/// <summary>Defines each feature of <see cref="KindFeatures"/>, in the order of <see cref="Feature"/>.</summary>
internal static class KindDefinitions
{
    /// <summary>One definition for each member.</summary>
    public static ImmutableArray<FeatureDefinition> All { get; } =
    [
        new(Feature.Category, "category", "index", "kind", Payment, None, Stored,
            "The merchant's category group.", "never", MerchantCategories.Count),
        new(Feature.Channel, "channel", "index", "kind", Payment, None, OneHot,
            "How the card was presented.", "never", Channels.Count),
    ];
}
