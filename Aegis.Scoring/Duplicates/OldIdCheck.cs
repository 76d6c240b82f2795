using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Duplicates;

/// <summary>Recognises a transaction whose id only the store still knows, because no shard remembers it. Any thread.</summary>
internal sealed class OldIdCheck(RecentIds recent, IOldIds old)
{
    /// <summary>Looks an id up in the store if it is older than the shard's memory and in no other shard's memory.</summary>
    /// <param name="ids">The ids that the shard remembers.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="key">Its id and content.</param>
    /// <param name="shard">The shard of its entry.</param>
    /// <param name="position">The position of its entry. The entry's own decision does not count as an earlier use.</param>
    /// <returns><see cref="Novelty.New"/> also if the shard still remembers ids of that age: ask the shard then.</returns>
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
