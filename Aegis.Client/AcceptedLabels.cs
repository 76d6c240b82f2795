namespace Aegis.Client;

/// <summary>What <c>POST /labels</c> answers.</summary>
/// <param name="Accepted">Labels that are in the log.</param>
/// <param name="Rejected">Those that are not, with what is wrong.</param>
public sealed record AcceptedLabels(int Accepted, IReadOnlyList<RejectedLabel> Rejected);
