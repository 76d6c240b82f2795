using System.Runtime.InteropServices;
using Aegis.Core.Transactions;

namespace Aegis.Core.Features;

/// <summary>Everything a shard remembers. Written by one thread; a function of the shard's log alone.</summary>
public sealed class ShardHistories(CurrencyRates rates)
{
    private PopulationNorms _population;

    /// <summary>Histories by card.</summary>
    public HistorySlab<CardHistory> Cards { get; } = new();

    /// <summary>Histories by merchant.</summary>
    public HistorySlab<MerchantHistory> Merchants { get; } = new();

    /// <summary>What is usual.</summary>
    public ref PopulationNorms Population => ref _population;

    /// <summary>The rates that amounts are compared by.</summary>
    public CurrencyRates Rates { get; } = rates;

    /// <summary>The history of a card, new where the card is.</summary>
    public ref CardHistory CardOf(ulong cardHash) => ref Cards[Cards.SlotOf(cardHash)];

    /// <summary>Computes the features of a payment from what came before it, then remembers the payment unless it is too late for that.</summary>
    /// <param name="payment">A valid payment of this shard.</param>
    /// <param name="features">Receives <see cref="FeatureSchema.Count"/> values.</param>
    /// <param name="before">Receives the card's history as it was before; empty where nobody asks.</param>
    /// <returns>False where the payment is more than <see cref="CardHistory.LatenessLimitMs"/> behind its card's newest: it changed no history.</returns>
    public bool ExtractAndAdd(in PaymentFacts payment, Span<float> features, Span<CardHistory> before = default)
    {
        Span<double> counts = stackalloc double[DecayWindows.Count];
        Span<double> sums = stackalloc double[DecayWindows.Count];
        var cardSlot = Cards.SlotOf(payment.CardHash);
        var merchantSlot = Merchants.SlotOf(payment.MerchantHash);
        ref var card = ref Cards[cardSlot];
        card.VelocityAt(payment, counts, sums);
        FeatureExtractor.Extract(payment, card, Merchants[merchantSlot], _population, counts, sums, features);
        if (!before.IsEmpty)
        {
            before[0] = card;
        }

        return Add(payment, cardSlot, merchantSlot, counts, sums);
    }

    /// <summary>As above, from a transaction.</summary>
    public bool ExtractAndAdd(Transaction transaction, Span<float> features) => ExtractAndAdd(PaymentFacts.Of(transaction, Rates), features);

    /// <summary>Computes the features of a transaction from what came before it.</summary>
    public void Extract(Transaction transaction, Span<float> features)
    {
        var payment = PaymentFacts.Of(transaction, Rates);
        Span<double> counts = stackalloc double[DecayWindows.Count];
        Span<double> sums = stackalloc double[DecayWindows.Count];
        ref var card = ref CardOf(payment.CardHash);
        card.VelocityAt(payment, counts, sums);
        FeatureExtractor.Extract(payment, card, Merchants[Merchants.SlotOf(payment.MerchantHash)], _population, counts, sums, features);
    }

    /// <summary>Remembers a payment.</summary>
    /// <returns>False where it is too late for that.</returns>
    public bool Add(in PaymentFacts payment)
    {
        Span<double> counts = stackalloc double[DecayWindows.Count];
        Span<double> sums = stackalloc double[DecayWindows.Count];
        var cardSlot = Cards.SlotOf(payment.CardHash);
        Cards[cardSlot].VelocityAt(payment, counts, sums);
        return Add(payment, cardSlot, Merchants.SlotOf(payment.MerchantHash), counts, sums);
    }

    /// <summary>Remembers a transaction.</summary>
    public bool Add(Transaction transaction) => Add(PaymentFacts.Of(transaction, Rates));

    /// <summary>A hash over everything that is remembered: equal for equal logs, however often reading was interrupted.</summary>
    public ulong Fingerprint() =>
        StableHash.OfBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<PopulationNorms>(in _population)), Cards.Fingerprint() ^ StableHash.Mix(Merchants.Fingerprint()));

    private bool Add(in PaymentFacts payment, int cardSlot, int merchantSlot, ReadOnlySpan<double> counts, ReadOnlySpan<double> sums)
    {
        ref var card = ref Cards[cardSlot];
        if (card.LatenessOf(payment) > CardHistory.LatenessLimitMs)
        {
            return false;
        }

        Cards.Touch(cardSlot);
        Merchants.Touch(merchantSlot);
        card.Add(payment, counts, sums);
        Merchants[merchantSlot].Add(payment.TimeMs, payment.AmountLog);
        _population.Add(payment);
        return true;
    }
}
