namespace Aegis.Client;

/// <summary>The answer of <c>POST /labels</c>.</summary>
/// <param name="Accepted">The number of labels that are in the log.</param>
/// <param name="Rejected">The labels that were rejected, with their faults.</param>
/// <param name="StoppedAt">The item that reading stopped before, because too many were rejected or came; null if all were read. Nothing
/// from it on is accepted.</param>
public sealed record AcceptedLabels(int Accepted, IReadOnlyList<RejectedLabel> Rejected, int? StoppedAt = null);
