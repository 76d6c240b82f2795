using System.Text;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Takes in transactions. Each becomes a row to decide, a payment that is only remembered, a duplicate, or a
/// dead letter.</summary>
internal sealed class TransactionEntries(
    ShardState state, PaymentRows rows, EntryFaults faults, OldIdCheck duplicates, DecisionWaiters waiters)
{
    /// <summary>Takes in all transactions of an entry.</summary>
    /// <exception cref="MessageFormatException">The entry is cut short or malformed; nothing of it was taken in.</exception>
    public void Take(DecisionBlock block, in RawEntry entry, EntryView view, IOutcomes outcomes)
    {
        // The loop reads to the end first, so that an entry cut short becomes one dead letter and nothing else.
        for (var ahead = view; !ahead.IsAtEnd;)
        {
            ahead.Next();
        }

        for (var item = 0; !view.IsAtEnd; item++)
        {
            var transaction = view.Next();
            if (!outcomes.IsDead(entry.Position, item))
            {
                Take(block, entry, item, view, transaction, outcomes);
            }
        }
    }

    private void Take(
        DecisionBlock block, in RawEntry entry, int item, in EntryView head, in TransactionView transaction, IOutcomes outcomes)
    {
        var key = TransactionKey.Of(transaction);
        var cardHash = StableHash.Hash64(transaction.CardToken);
        if (faults.Of(transaction, cardHash, entry.Position) is { } fault)
        {
            Refuse(block, entry, item, head, transaction, key, new WaitResult(null, fault));
            return;
        }

        switch (Register(head, transaction, key, entry, outcomes))
        {
            case Novelty.Duplicate:
                block.Duplicates++;
                Answer(block, head, key, new WaitResult(null));
                return;
            case Novelty.Conflict:
                var text = TransactionRules.TakenId(Encoding.ASCII.GetString(transaction.Id));
                Refuse(block, entry, item, head, transaction, key, new WaitResult(null, text, IsConflict: true));
                return;
        }

        var payment = transaction.ToPayment(state.Histories.Rates, cardHash);
        if (head.IsHistory || !outcomes.Decides)
        {
            rows.Extract(block);
            state.Histories.Add(payment);
            block.History++;
            return;
        }

        AddRow(block, entry, item, head, transaction, key, payment);
    }

    /// <summary>Asks the store about old ids, unless the entry is a card's history: that is not decided, and only its
    /// shard remembers it.</summary>
    private Novelty Register(in EntryView head, in TransactionView transaction, TransactionKey key, in RawEntry entry, IOutcomes outcomes)
    {
        var old = head.IsHistory ? Novelty.New : duplicates.Old(state.Ids, transaction, key, state.Shard, entry.Position);
        return old == Novelty.New ? outcomes.Register(state.Ids, key, transaction.EventTimeMs / 1_000) : old;
    }

    private void AddRow(
        DecisionBlock block, in RawEntry entry, int item, in EntryView head, in TransactionView transaction, TransactionKey key,
        in Payment payment)
    {
        ref var row = ref block.Add();
        var index = block.Count - 1;
        (row.Position, row.Item, row.Key, row.CardHash) = (entry.Position, item, key, payment.CardHash);
        (row.BodyOffset, row.BodyLength, row.IsBodyOwn) = block.Keep(transaction.Body);
        row.Country = RecentPayment.Pack(transaction.Country);
        (row.ProducedAtMicroseconds, row.Producer) = (head.ProducedAtMicroseconds, block.ProducerOf(head.Producer));
        rows.Set(index, payment);
        block.WithoutRate += payment.HasAmount ? 0 : 1;
        if (head.HasCaller)
        {
            block.Callers.Add(new Caller(index, head.TraceParent, head.ReplyTo));
        }
    }

    private void Refuse(
        DecisionBlock block, in RawEntry entry, int item, in EntryView head, in TransactionView transaction, TransactionKey key,
        WaitResult result)
    {
        block.DeadLetters.Add(faults.Letter(entry, EntryKind.Binary, item, result.Rejection!, MessageCodec.Wrap(head, transaction)));
        Answer(block, head, key, result);
    }

    private void Answer(DecisionBlock block, in EntryView head, TransactionKey key, WaitResult result)
    {
        waiters.Complete(key, result);
        if (head.ReplyTo is { } replyTo)
        {
            block.Replies.Add(new Reply(replyTo, key, result));
        }
    }
}
