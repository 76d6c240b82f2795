using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Core.Decisions;

/// <summary>What a card usually paid before a payment, for the reasons.</summary>
/// <param name="Payments">The number of the card's known payments.</param>
/// <param name="Amount">The card's usual amount, reference major units; 0 if unknown.</param>
/// <param name="AmountInCategory">The card's usual amount in the payment's category; 0 if unknown.</param>
public readonly record struct CardNorms(int Payments, double Amount, double AmountInCategory)
{
    private const double MinPayments = 0.1;

    /// <summary>Norms from the card's history: geometric means.</summary>
    public static CardNorms Of(in CardHistory card, MerchantCategory category) =>
        new(card.Count, card.UsualAmount, card.UsualAmountIn(category));

    /// <summary>Norms from the feature vector alone, for a history that has changed since. The amount is the mean
    /// decayed over 30 days; that of the category is unknown.</summary>
    public static CardNorms Of(ReadOnlySpan<float> features)
    {
        var month = ReasonStory.Unlog(features, Feature.Count30Days);
        var amount = month < MinPayments ? 0 : ReasonStory.Unlog(features, Feature.Sum30Days) / month;
        return new CardNorms((int)Math.Max(0, Math.Round(ReasonStory.Unlog(features, Feature.CardAge))), amount, 0);
    }
}
