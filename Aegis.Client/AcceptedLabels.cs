namespace Aegis.Client;

/// <summary>The answer of <c>POST /labels</c>.</summary>
/// <param name="Accepted">The number of labels that are in the log.</param>
/// <param name="Rejected">The labels that were rejected, with their faults.</param>
public sealed record AcceptedLabels(int Accepted, IReadOnlyList<RejectedLabel> Rejected);
