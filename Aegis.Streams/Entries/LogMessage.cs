using Aegis.Core.Transactions;

namespace Aegis.Streams.Entries;

/// <summary>The content of one log entry.</summary>
/// <param name="Transactions">One transaction to decide, a frame of several of one shard, or a card's history, oldest first.</param>
/// <param name="IsHistory">True if the transactions feed histories and are not decided.</param>
/// <param name="ProducedAt">When the producer made the entry, UTC.</param>
/// <param name="TraceParent">The caller's W3C trace context; null if there is none.</param>
/// <param name="ReplyTo">The stream on which a caller awaits the decision, at most 255 characters; null if nobody does.</param>
/// <param name="Producer">The producer of the entry, for traces, at most 255 ASCII characters; null if it has no name.</param>
public sealed record LogMessage(
    IReadOnlyList<Transaction> Transactions, bool IsHistory, DateTimeOffset ProducedAt, string? TraceParent, string? ReplyTo = null,
    string? Producer = null);
