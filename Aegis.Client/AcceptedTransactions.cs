namespace Aegis.Client;

/// <summary>The answer of <c>POST /transactions</c>.</summary>
/// <param name="Accepted">The number of transactions that are in the log.</param>
/// <param name="Rejected">The lines that were rejected, with their faults; NDJSON only.</param>
/// <param name="StoppedAt">The line that reading stopped before, because too many were rejected or came; null if all were read. Nothing
/// from it on is accepted.</param>
public sealed record AcceptedTransactions(int Accepted, IReadOnlyList<RejectedLine> Rejected, int? StoppedAt = null);
