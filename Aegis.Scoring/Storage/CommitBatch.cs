using Aegis.Core.Decisions;
using Aegis.Scoring.Consumption;

namespace Aegis.Scoring.Storage;

/// <summary>A transaction that cannot be decided, as it is stored.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="Position">The entry.</param>
/// <param name="Item">The transaction's index within the entry; 0 where the entry as a whole cannot be read.</param>
/// <param name="Reason">What is wrong and what is allowed.</param>
/// <param name="Payload">The raw bytes, card numbers masked.</param>
/// <param name="FirstSeen">When it was first met, UTC.</param>
internal sealed record DeadLetter(int Shard, LogPosition Position, int Item, string Reason, byte[] Payload, DateTimeOffset FirstSeen);

/// <summary>What one pass over entries of one shard came to; committed whole or not at all, with the position.</summary>
internal sealed class CommitBatch(int shard, LogPosition from)
{
    /// <summary>The shard.</summary>
    public int Shard { get; } = shard;

    /// <summary>The shard's position before.</summary>
    public LogPosition From { get; } = from;

    /// <summary>The shard's position after.</summary>
    public LogPosition To { get; set; } = from;

    /// <summary>Decisions with their stage times.</summary>
    public List<TimedDecision> Decisions { get; } = [];

    /// <summary>Dead letters.</summary>
    public List<DeadLetter> DeadLetters { get; } = [];

    /// <summary>Transactions met before.</summary>
    public int Duplicates { get; set; }

    /// <summary>Transactions that only fed histories.</summary>
    public int History { get; set; }
}
