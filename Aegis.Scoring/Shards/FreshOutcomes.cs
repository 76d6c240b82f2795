using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Decides entries that nobody has decided yet.</summary>
internal sealed class FreshOutcomes(ShardLabels labels, EntryFaults faults) : IOutcomes
{
    /// <inheritdoc/>
    public bool Decides => true;

    /// <inheritdoc/>
    public bool IsDead(LogPosition position, int item) => false;

    /// <inheritdoc/>
    public Novelty Register(ShardIds ids, TransactionKey key, long eventSeconds) => ids.Register(key, eventSeconds);

    /// <inheritdoc/>
    public LabelEffect EffectOf(in LabelView label, LogPosition position)
    {
        var transaction = label.Transaction;
        if (faults.Of(transaction, StableHash.Hash64(transaction.CardToken), position) is { } fault)
        {
            throw new MessageFormatException(fault);
        }

        var latest = position.Milliseconds + (long)TransactionRules.ClockTolerance.TotalMilliseconds;
        if (label.LabelledAtMs < transaction.EventTimeMs || label.LabelledAtMs > latest)
        {
            throw new MessageFormatException(
                $"labelledAt is '{label.LabelledAtMs}' ms; allowed: {transaction.EventTimeMs}, when it was paid, to {latest}");
        }

        return labels.Add(Encoding.ASCII.GetString(transaction.Id), label.IsFraud);
    }
}
