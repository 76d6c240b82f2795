using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Gives the outcome of an entry: decided now for the first time, or, for an entry decided before, as the store has it.</summary>
internal interface IOutcomes
{
    /// <summary>True if transactions are decided and barriers publish counts; false if the shard only rebuilds its memory.</summary>
    bool Decides { get; }

    /// <summary>True if the transaction is known to be a dead letter.</summary>
    bool IsDead(LogPosition position, int item);

    /// <summary>Remembers a transaction's id, or reports that it was met before.</summary>
    /// <param name="ids">The shard's ids.</param>
    /// <param name="key">The id and its content.</param>
    /// <param name="eventSeconds">Event time, Unix seconds.</param>
    Novelty Register(ShardIds ids, TransactionKey key, long eventSeconds);

    /// <summary>The effect of a label.</summary>
    /// <exception cref="MessageFormatException">The label is invalid; the message says what is wrong and what is allowed.</exception>
    LabelEffect EffectOf(in LabelView label, LogPosition position);
}
