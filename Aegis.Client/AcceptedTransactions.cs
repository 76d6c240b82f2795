namespace Aegis.Client;

/// <summary>What <c>POST /transactions</c> answers.</summary>
/// <param name="Accepted">Transactions that are in the log.</param>
/// <param name="Rejected">Lines that are not, with what is wrong; NDJSON only.</param>
public sealed record AcceptedTransactions(int Accepted, IReadOnlyList<RejectedLine> Rejected);
