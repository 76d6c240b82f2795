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
        new(Feature.RefundWithoutPurchase, "refund_without_purchase", "0 or 1", "kind", Card, High, WhereSeen,
            "1 for a refund at a merchant that is not among the last 16 at which the card spent.", "no payment of the card: 1 for a refund"),
        new(Feature.RefundRatio, "refund_ratio", "ln(1 + ratio)", "kind", Card, High, WhereSeen,
            "Refunds, this one included, against spending; both decayed over 30 days, the latter padded by a usual payment.",
            "no refund: 0"),
        new(Feature.WrongPins1Hour, "wrong_pins_1h", "attempts", "kind", Card, High, WhereSeen,
            "Wrong PINs of the hour before, counted among the card's last 8 attempts that spent nothing, and this one.", "never"),
        new(Feature.Refused1Hour, "refused_1h", "attempts", "kind", Card, High, WhereSeen,
            "Refused attempts of the hour before, counted in the same way, and this one.", "never"),
        new(Feature.Verifications1Hour, "verifications_1h", "attempts", "kind", Card, High, WhereSeen,
            "Verifications of the hour before that were not refused, counted in the same way, and this one.", "never"),
        new(Feature.Category, "category", "index", "kind", Payment, None, Stored,
            "The merchant's category group.", "never", MerchantCategories.Count),
        new(Feature.Channel, "channel", "index", "kind", Payment, None, OneHot,
            "How the card was presented.", "never", Channels.Count),
        new(Feature.Kind, "kind", "index", "kind", Payment, None, Stored,
            "What the payment is for.", "never", PaymentKinds.Count),
    ];
}
