using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Duplicates;

/// <summary>Recognises a transaction whose id the store knows though no shard remembers it any more. Any thread.</summary>
internal sealed class OldIdCheck(RecentIds recent, IOldIds old)
{
    /// <summary>Looks an id up in the store, where it is older than what its shard remembers and in no other shard's memory.</summary>
    /// <param name="ids">What the shard remembers.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="key">Its id and content.</param>
    /// <param name="shard">Where it stands.</param>
    /// <param name="position">Its entry: the entry's own decision is no earlier use.</param>
    /// <returns><see cref="Novelty.New"/> also where the shard still remembers ids of its age: ask the shard then.</returns>
    public Novelty Old(ShardIds ids, in TransactionView transaction, TransactionKey key, int shard, LogPosition position)
    {
        if (transaction.EventTimeMs / 1_000 > ids.HorizonSeconds || recent.Look(key) != Novelty.New
            || old.Find(transaction.Id) is not { } first || (first.Shard, first.Position) == (shard, position))
        {
            return Novelty.New;
        }

        return first.Content == key.Content ? Novelty.Duplicate : Novelty.Conflict;
    }
}
