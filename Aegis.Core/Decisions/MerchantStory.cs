using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Core.Decisions;

/// <summary>The stories of what a merchant sees from all cards.</summary>
internal static class MerchantStory
{
    /// <summary>A rate of today beside the usual one; the merchant's size where it is hardly above that.</summary>
    /// <param name="feature">One of the merchant's features that are ratios.</param>
    /// <param name="transaction">The payment.</param>
    /// <param name="f">The payment's feature vector.</param>
    public static ReasonStory Rate(Feature feature, Transaction transaction, ReadOnlySpan<float> f)
    {
        var (code, what) = feature switch
        {
            Feature.MerchantBurst => ("MERCHANT_BURST", "takes {0} its usual number of payments."),
            Feature.MerchantNewCards => ("NEW_CARDS_AT_MERCHANT", "sees {0} its usual number of cards that are new there."),
            _ => ("CARD_TESTING_AT_MERCHANT", "takes {0} its usual number of very small payments: cards may be tested there."),
        };
        return Math.Exp(f[(int)feature]) < ReasonStory.MinTimes ? Size(transaction, f)
            : new(code, $"Merchant {transaction.MerchantId} {what.Replace("{0}", ReasonStory.Times(f[(int)feature]), StringComparison.Ordinal)}");
    }

    /// <summary>How much the merchant is seen.</summary>
    /// <param name="transaction">The payment.</param>
    /// <param name="f">The payment's feature vector.</param>
    public static ReasonStory Size(Transaction transaction, ReadOnlySpan<float> f)
    {
        const string Code = "MERCHANT_SIZE";
        var (payments, cards) = (ReasonStory.Unlog(f, Feature.MerchantAge), ReasonStory.Unlog(f, Feature.MerchantCards));
        return payments < 1
            ? new(Code, $"Merchant {transaction.MerchantId} was hardly seen in the last 30 days.")
            : new(Code, $"Merchant {transaction.MerchantId} takes about {payments:N0} payments in 30 days; cards there in the last two days: about {cards:N0}.");
    }
}
