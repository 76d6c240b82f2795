using Aegis.Core.Decisions;

namespace Aegis.Client;

/// <summary>A page of decisions, newest first: the answer of <c>GET /decisions</c>.</summary>
/// <param name="Decisions">The decisions, without their feature vectors.</param>
/// <param name="Next">The value of <c>before</c> for the next page; null on the last page. A page of a search for a merchant may
/// be short, or empty, and still have a next one.</param>
public sealed record DecisionPage(IReadOnlyList<Decision> Decisions, string? Next);
