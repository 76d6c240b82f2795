using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>How entries come out: decided now for the first time, or as the store says they came out when they were decided
/// before.</summary>
internal interface IOutcomes
{
    /// <summary>True where transactions are decided and barriers publish counts; false where the shard only remembers again.</summary>
    bool Decides { get; }

    /// <summary>True for a transaction that is known to be a dead letter.</summary>
    bool IsDead(LogPosition position, int item);

    /// <summary>Remembers a transaction's id, or tells that it was met before.</summary>
    /// <param name="ids">The shard's ids.</param>
    /// <param name="key">The id and its content.</param>
    /// <param name="eventSeconds">Event time, Unix seconds.</param>
    Novelty Register(ShardIds ids, TransactionKey key, long eventSeconds);

    /// <summary>What a label comes to.</summary>
    /// <exception cref="MessageFormatException">It cannot be taken in; the message says what is wrong and what is allowed.</exception>
    LabelEffect EffectOf(in LabelView label, LogPosition position);
}
