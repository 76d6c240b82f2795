namespace Aegis.Client;

/// <summary>A page of dead letters, newest first: the answer of <c>GET /dead-letters</c>.</summary>
/// <param name="DeadLetters">The letters.</param>
/// <param name="Next">The value of <c>before</c> for the next page; null on the last page.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetterView> DeadLetters, string? Next);
