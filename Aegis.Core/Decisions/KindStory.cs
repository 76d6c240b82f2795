using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Core.Decisions;

/// <summary>Stories of what a card got back, and of what it attempted without spending.</summary>
internal static class KindStory
{
    /// <summary>Whether the card has paid where it gets money back.</summary>
    public static ReasonStory Refund(Transaction transaction, ReadOnlySpan<float> f)
    {
        var money = Currencies.Format(transaction.AmountMinor, transaction.Currency);
        return f[(int)Feature.RefundWithoutPurchase] > 0
            ? new("REFUND_WITHOUT_PURCHASE",
                $"A {transaction.Kind.Name()} of {money} at merchant {transaction.MerchantId}, where this card has not paid lately.")
            : Kind(transaction);
    }

    /// <summary>How much the card got back, beside what it spent.</summary>
    public static ReasonStory RefundRatio(ReadOnlySpan<float> f)
    {
        var ratio = ReasonStory.Unlog(f, Feature.RefundRatio);
        return ratio > 0
            ? new("REFUNDS_TO_SPENDING", $"About {100 * ratio:N0} % of what this card spent in the last 30 days was given back.")
            : new("NO_REFUNDS", "Nothing was given back to this card lately.");
    }

    /// <summary>How often attempts of one kind came within an hour, this payment included.</summary>
    public static ReasonStory Attempts(Feature feature, ReadOnlySpan<float> f)
    {
        var count = (int)f[(int)feature];
        var (code, one, many) = feature switch
        {
            Feature.WrongPins1Hour => ("WRONG_PINS", "wrong PIN", "wrong PINs"),
            Feature.Refused1Hour => ("REFUSED_ATTEMPTS", "refused payment", "refused payments"),
            _ => ("VERIFICATIONS", "verification", "verifications"),
        };
        return count > 0
            ? new(code, $"{count} {(count == 1 ? one : many)} of this card within an hour.")
            : new($"NO_{code}", $"No {one} of this card in the hour before.");
    }

    /// <summary>What the payment is for.</summary>
    public static ReasonStory Kind(Transaction transaction) => new("KIND", $"The payment is a {transaction.Kind.Name()}.");
}
