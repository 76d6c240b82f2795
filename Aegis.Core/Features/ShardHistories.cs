using Aegis.Core.Facts;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Core.Features;

/// <summary>Everything that a shard remembers, and the facts that it reads. One thread writes it; it is a function of
/// the log alone.</summary>
/// <remarks>Features read facts, histories never do. After a crash a shard reads its log again without the facts of
/// those days, and must get the same histories.</remarks>
public sealed class ShardHistories(CurrencyRates rates)
{
    /// <summary>The time after which most complaints have arrived.</summary>
    public const int DefaultLabelDelayDays = 7;

    /// <summary>The histories, by card.</summary>
    public HistorySlab<CardHistory> Cards { get; } = new();

    /// <summary>The counts since the last barrier, which all shards will know later.</summary>
    public FactCounts Counts { get; set; } = new();

    /// <summary>The facts over all shards, at the version that the last barrier named.</summary>
    public FactTable Facts { get; set; } = new();

    /// <summary>Labels of payments younger than this many days feed no feature, 0 to 30. A model that learns from old
    /// payments must also hold when all labels come late.</summary>
    public int LabelDelayDays { get; init; } = DefaultLabelDelayDays;

    /// <summary>The rates that make the amounts of the next payments comparable. What is remembered keeps the amounts of
    /// its own time, so all tables of a log have one reference currency.</summary>
    public CurrencyRates Rates { get; set; } = rates;

    /// <summary>The history of a card; a new one if the card is new.</summary>
    public ref CardHistory CardOf(ulong cardHash) => ref Cards[Cards.SlotOf(cardHash)];

    /// <summary>Computes the features of a payment from what came before it, then remembers the payment unless it is too late.</summary>
    /// <param name="payment">A valid payment of this shard.</param>
    /// <param name="features">Receives <see cref="FeatureSchema.Count"/> values.</param>
    /// <param name="before">Receives the card's history before the payment; empty if nobody asks.</param>
    /// <returns>False if the payment is more than <see cref="CardHistory.LatenessLimitMs"/> behind its card's newest:
    /// it changed no history.</returns>
    public bool ExtractAndAdd(in Payment payment, Span<float> features, Span<CardHistory> before = default)
    {
        var moment = new CardMoment { Counts = stackalloc double[DecayWindows.Count], Sums = stackalloc double[DecayWindows.Count] };
        var cardSlot = Cards.SlotOf(payment.CardHash);
        ref var card = ref Cards[cardSlot];
        moment.Fill(card, payment, Facts.Population);
        FeatureExtractor.Extract(payment, card, moment, Facts, LabelDelayDays, features);
        if (!before.IsEmpty)
        {
            before[0] = card;
        }

        return Add(payment, cardSlot, moment);
    }

    /// <summary>The same for several payments, one after another. While it works on one, it fetches the memory of the
    /// next: with a million cards, fetching takes longer than the work.</summary>
    /// <param name="payments">Valid payments of this shard, in order.</param>
    /// <param name="features">Receives <see cref="FeatureSchema.Count"/> values for each payment.</param>
    /// <param name="before">Receives each card's history before the payment; empty if nobody asks.</param>
    /// <param name="isLate">Receives true for each payment that changed no history.</param>
    public void ExtractAndAdd(ReadOnlySpan<Payment> payments, Span<float> features, Span<CardHistory> before, Span<bool> isLate)
    {
        const int IndexAhead = 8;
        const int HistoryAhead = 4;
        for (var i = -IndexAhead; i < payments.Length; i++)
        {
            if (i + IndexAhead < payments.Length)
            {
                PrefetchIndex(payments[i + IndexAhead]);
            }

            if (i + HistoryAhead >= 0 && i + HistoryAhead < payments.Length)
            {
                Prefetch(payments[i + HistoryAhead]);
            }

            if (i >= 0)
            {
                isLate[i] = !ExtractAndAdd(
                    payments[i], features.Slice(i * FeatureSchema.Count, FeatureSchema.Count), before.IsEmpty
                    ? before
                    : before.Slice(i, 1));
            }
        }
    }

    /// <summary>The same for a transaction.</summary>
    public bool ExtractAndAdd(Transaction transaction, Span<float> features) => ExtractAndAdd(Payment.Of(transaction, Rates), features);

    /// <summary>Computes the features of a transaction from what came before it.</summary>
    public void Extract(Transaction transaction, Span<float> features)
    {
        var payment = Payment.Of(transaction, Rates);
        var moment = new CardMoment { Counts = stackalloc double[DecayWindows.Count], Sums = stackalloc double[DecayWindows.Count] };
        ref var card = ref CardOf(payment.CardHash);
        moment.Fill(card, payment, Facts.Population);
        FeatureExtractor.Extract(payment, card, moment, Facts, LabelDelayDays, features);
    }

    /// <summary>Remembers a payment.</summary>
    /// <returns>False if it is too late.</returns>
    public bool Add(in Payment payment)
    {
        var moment = new CardMoment { Counts = stackalloc double[DecayWindows.Count], Sums = stackalloc double[DecayWindows.Count] };
        var cardSlot = Cards.SlotOf(payment.CardHash);
        moment.Fill(Cards[cardSlot], payment, Facts.Population);
        return Add(payment, cardSlot, moment);
    }

    /// <summary>Remembers a transaction.</summary>
    public bool Add(Transaction transaction) => Add(Payment.Of(transaction, Rates));

    /// <summary>Adds a label of an earlier payment of one of the shard's cards.</summary>
    /// <remarks>If the shard knows the card, its history remembers the verdict. Frauds are counted, and all shards know
    /// them after the next barriers.</remarks>
    public void AddLabel(in LabelledPayment label)
    {
        if (Cards.TryFind(label.CardHash, out var slot))
        {
            Cards.Touch(slot);
            Cards[slot].AddVerdict(label);
        }

        Counts.AddLabel(label);
    }

    /// <summary>A hash over everything remembered. It is equal for equal logs, however often reading was interrupted.</summary>
    public ulong Fingerprint() => Cards.Fingerprint() ^ StableHash.Mix(Counts.Fingerprint());

    private void PrefetchIndex(in Payment payment)
    {
        Cards.PrefetchIndex(payment.CardHash);
        Facts.PrefetchIndex(payment);
        Counts.PrefetchIndex(payment);
    }

    private void Prefetch(in Payment payment)
    {
        Cards.Prefetch(payment.CardHash);
        Facts.Prefetch(payment);
        Counts.Prefetch(payment);
    }

    private bool Add(in Payment payment, int cardSlot, in CardMoment moment)
    {
        ref var card = ref Cards[cardSlot];
        if (card.LatenessOf(payment) > CardHistory.LatenessLimitMs)
        {
            return false;
        }

        Cards.Touch(cardSlot);
        if (!payment.IsSpending)
        {
            card.AddUnspent(payment);
            return true;
        }

        Counts.Add(payment, isNewAtMerchant: !KeyRing.Knows(card.Merchants, payment.MerchantKey));
        card.Add(payment, moment);
        return true;
    }
}
