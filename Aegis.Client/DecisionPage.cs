using Aegis.Core.Decisions;

namespace Aegis.Client;

/// <summary>A page of decisions, newest first, as <c>GET /decisions</c> answers it.</summary>
/// <param name="Decisions">Without their feature vectors.</param>
/// <param name="Next">Value of <c>before</c> for the next page; null on the last.</param>
public sealed record DecisionPage(IReadOnlyList<Decision> Decisions, string? Next);
