namespace Aegis.Core.Decisions;

/// <summary>An entry of a list that a payment stood on, where the list decides by itself.</summary>
/// <param name="List">The list's name.</param>
/// <param name="Of">What the list's entries are.</param>
/// <param name="Effect">What the list does.</param>
/// <param name="Entry">The entry's number, under which the store keeps its value, author and reason.</param>
public sealed record ListHit(string List, ListSubject Of, ListEffect Effect, long Entry);
