namespace Aegis.Rules.Lists;

/// <summary>An entry of a deciding list that a payment stands on.</summary>
/// <param name="Row">The payment's row.</param>
/// <param name="List">The list's place in its <see cref="ListBook"/>.</param>
/// <param name="Entry">The entry's number.</param>
public readonly record struct ListMatch(int Row, int List, long Entry);
