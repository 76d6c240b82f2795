namespace Aegis.Client;

/// <summary>The answer of <c>POST /transactions</c>.</summary>
/// <param name="Accepted">The number of transactions that are in the log.</param>
/// <param name="Rejected">The lines that were rejected, with their faults; NDJSON only.</param>
/// <param name="StoppedAt">The line that reading stopped before, because too many were rejected or came; null if all were read. Nothing
/// from it on is accepted.</param>
/// <param name="Ingestion">The run of ingestion that counts them; null for a single transaction, or if it could not be
/// recorded.</param>
public sealed record AcceptedTransactions(
    int Accepted, IReadOnlyList<RejectedLine> Rejected, int? StoppedAt = null, string? Ingestion = null);
