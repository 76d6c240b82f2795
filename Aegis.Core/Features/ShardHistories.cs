using Aegis.Core.Transactions;

namespace Aegis.Core.Features;

/// <summary>Everything a shard remembers. Written by one thread; a function of the shard's log alone.</summary>
public sealed class ShardHistories(CurrencyRates rates)
{
    /// <summary>Histories by card.</summary>
    public HistorySlab<CardHistory> Cards { get; } = new();

    /// <summary>Histories by merchant.</summary>
    public HistorySlab<MerchantHistory> Merchants { get; } = new();

    /// <summary>What is usual.</summary>
    public PopulationNorms Population { get; } = new();

    /// <summary>The rates that amounts are compared by.</summary>
    public CurrencyRates Rates { get; } = rates;

    /// <summary>The history of the transaction's card, new where the card is.</summary>
    public ref CardHistory CardOf(Transaction transaction) => ref Cards[Cards.SlotOf(StableHash.Hash64(transaction.CardToken))];

    /// <summary>Computes the features of a transaction from what came before it, then remembers the transaction.</summary>
    /// <param name="transaction">A valid transaction of this shard.</param>
    /// <param name="features">Receives <see cref="FeatureSchema.Count"/> values.</param>
    public void ExtractAndAdd(Transaction transaction, Span<float> features)
    {
        Extract(transaction, features);
        Add(transaction);
    }

    /// <summary>Computes the features of a transaction from what came before it.</summary>
    public void Extract(Transaction transaction, Span<float> features)
    {
        var payment = new PaymentFacts(transaction, Rates);
        ref var card = ref CardOf(transaction);
        ref var merchant = ref Merchants[Merchants.SlotOf(StableHash.Hash64(transaction.MerchantId))];
        FeatureExtractor.Extract(payment, card, merchant, Population, features);
    }

    /// <summary>Remembers a transaction.</summary>
    public void Add(Transaction transaction)
    {
        var payment = new PaymentFacts(transaction, Rates);
        CardOf(transaction).Add(payment);
        Merchants[Merchants.SlotOf(StableHash.Hash64(transaction.MerchantId))].Add(payment.TimeMs, payment.AmountLog);
        Population.Add(payment);
    }
}
