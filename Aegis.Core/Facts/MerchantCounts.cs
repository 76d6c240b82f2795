using Aegis.Core.Numerics;
using Aegis.Core.Payments;


namespace Aegis.Core.Facts;

/// <summary>One shard's counts for a merchant in one interval.</summary>
internal struct MerchantCounts
{
    public CardSketch Cards;
    public RunningNorm AmountLog;
    public int Payments;

    /// <summary>Payments by cards that had not been there lately.</summary>
    public int NewCards;

    /// <summary>Payments of amounts that are typical for testing cards.</summary>
    public int SmallAmounts;

    public void Add(in Payment payment, bool isNewCard)
    {
        Payments++;
        NewCards += isNewCard ? 1 : 0;
        SmallAmounts += payment.IsSmall ? 1 : 0;
        AmountLog.Add(payment.AmountLog, float.MaxValue);
        Cards.Add(payment.CardHash);
    }
}
