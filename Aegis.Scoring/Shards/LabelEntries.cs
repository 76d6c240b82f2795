using System.Text;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Takes in labels. Histories learn from labels that are counted, and the store keeps every label that says
/// something new.</summary>
internal sealed class LabelEntries(ShardState state, PaymentRows rows, CommittedCount committed)
{
    /// <summary>Takes in one label.</summary>
    /// <exception cref="MessageFormatException">The label is invalid; the message says what is wrong and what is allowed.</exception>
    public void Take(DecisionBlock block, in RawEntry entry, in LabelView label, IOutcomes outcomes)
    {
        var effect = outcomes.EffectOf(label, entry.Position);
        if (effect == LabelEffect.None)
        {
            return;
        }

        if (effect == LabelEffect.Counted)
        {
            Learn(block, label);
        }

        block.LabelsCommitted = committed;
        block.Labels.Add(new StoredLabel(
            entry.Position, Encoding.ASCII.GetString(label.Transaction.Id), label.IsFraud, label.LabelledAtMs,
            effect == LabelEffect.Counted));
    }

    private void Learn(DecisionBlock block, in LabelView label)
    {
        rows.Extract(block);
        var payment = label.Transaction.ToPayment(state.Histories.Rates, StableHash.Hash64(label.Transaction.CardToken));
        state.Histories.AddLabel(payment.Labelled(label.IsFraud, label.LabelledAtMs));
    }
}
