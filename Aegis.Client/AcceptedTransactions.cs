namespace Aegis.Client;

/// <summary>The answer of <c>POST /transactions</c>.</summary>
/// <param name="Accepted">The number of transactions that are in the log.</param>
/// <param name="Rejected">The lines that were rejected, with their faults; NDJSON only.</param>
public sealed record AcceptedTransactions(int Accepted, IReadOnlyList<RejectedLine> Rejected);
