namespace Aegis.Client;

/// <summary>A page of dead letters, newest first, as <c>GET /dead-letters</c> answers it.</summary>
/// <param name="DeadLetters">The letters.</param>
/// <param name="Next">Value of <c>before</c> for the next page; null on the last.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetterView> DeadLetters, string? Next);
