using Aegis.Core.Decisions;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Commits;

/// <summary>A transaction, or a whole entry, that cannot be decided, as the store holds it.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Position">The position of its entry.</param>
/// <param name="Item">The transaction's index within the entry; 0 if the entry as a whole cannot be read.</param>
/// <param name="Kind">The form of the entry.</param>
/// <param name="Reason">What is wrong and what is allowed.</param>
/// <param name="Payload">The raw bytes, with card numbers masked.</param>
/// <param name="FirstSeen">When it was first met, UTC.</param>
/// <param name="DrivenAgain">When it was last appended again, UTC; null if never.</param>
internal sealed record DeadLetter(
    int Shard, LogPosition Position, int Item, EntryKind Kind, string Reason, byte[] Payload, DateTimeOffset FirstSeen,
    DateTimeOffset? DrivenAgain = null);
