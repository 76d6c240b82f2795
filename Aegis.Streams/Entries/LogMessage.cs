using Aegis.Core.Transactions;

namespace Aegis.Streams.Entries;

/// <summary>What one log entry says.</summary>
/// <param name="Transactions">One transaction to decide, a frame of several of one shard, or a card's history, oldest first.</param>
/// <param name="IsHistory">True where the transactions feed histories and are not decided.</param>
/// <param name="ProducedAt">When the producer made the entry, UTC.</param>
/// <param name="TraceParent">W3C trace context of the caller; null where there is none.</param>
/// <param name="ReplyTo">The stream that a caller awaits the decision on, at most 255 characters; null where nobody does.</param>
/// <param name="Producer">Who made the entry, for traces, at most 255 ASCII characters; null where it has no name.</param>
public sealed record LogMessage(
    IReadOnlyList<Transaction> Transactions, bool IsHistory, DateTimeOffset ProducedAt, string? TraceParent, string? ReplyTo = null,
    string? Producer = null);
