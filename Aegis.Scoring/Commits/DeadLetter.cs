using Aegis.Core.Decisions;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Commits;

/// <summary>A transaction that cannot be decided, as it is stored.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Position">The entry.</param>
/// <param name="Item">The transaction's index within the entry; 0 where the entry as a whole cannot be read.</param>
/// <param name="Kind">How the entry was written.</param>
/// <param name="Reason">What is wrong and what is allowed.</param>
/// <param name="Payload">The raw bytes, card numbers masked.</param>
/// <param name="FirstSeen">When it was first met, UTC.</param>
/// <param name="DrivenAgain">When it was last appended again, UTC; null where never.</param>
internal sealed record DeadLetter(
    int Shard, LogPosition Position, int Item, EntryKind Kind, string Reason, byte[] Payload, DateTimeOffset FirstSeen,
    DateTimeOffset? DrivenAgain = null);
