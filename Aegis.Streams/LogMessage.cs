using Aegis.Core.Transactions;

namespace Aegis.Streams;

/// <summary>What one log entry says.</summary>
/// <param name="Transactions">One transaction to decide, or a card's history, oldest first.</param>
/// <param name="IsHistory">True where the transactions feed histories and are not decided.</param>
/// <param name="ProducedAt">When the producer made the entry, UTC.</param>
/// <param name="TraceParent">W3C trace context of the caller; null where there is none.</param>
public sealed record LogMessage(IReadOnlyList<Transaction> Transactions, bool IsHistory, DateTimeOffset ProducedAt, string? TraceParent);
