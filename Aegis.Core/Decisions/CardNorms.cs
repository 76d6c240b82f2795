using Aegis.Core.Features;
using Aegis.Core.Transactions;

namespace Aegis.Core.Decisions;

/// <summary>What a card usually paid before a payment, as reasons speak of it.</summary>
/// <param name="Payments">How many payments of it were known.</param>
/// <param name="Amount">Its usual amount, reference major units; 0 where it is not known.</param>
/// <param name="AmountInCategory">Its usual amount in the payment's category; 0 where it is not known.</param>
public readonly record struct CardNorms(int Payments, double Amount, double AmountInCategory)
{
    private const double MinPayments = 0.1;

    /// <summary>By the card's history: geometric means.</summary>
    public static CardNorms Of(in CardHistory card, MerchantCategory category) =>
        new(card.Count, card.UsualAmount, card.UsualAmountIn(category));

    /// <summary>By the feature vector alone, where the history has gone on since: the mean amount decayed over 30 days; the category's
    /// stays unknown.</summary>
    public static CardNorms Of(ReadOnlySpan<float> features)
    {
        var month = ReasonStory.Unlog(features, Feature.Count30Days);
        var amount = month < MinPayments ? 0 : ReasonStory.Unlog(features, Feature.Sum30Days) / month;
        return new CardNorms((int)Math.Round(ReasonStory.Unlog(features, Feature.CardAge)), amount, 0);
    }
}
