namespace Aegis.Client;

/// <summary>What driving a dead letter again answers.</summary>
/// <param name="Key">The letter.</param>
/// <param name="Corrected">True where the request brought the transaction.</param>
public sealed record DrivenLetter(string Key, bool Corrected);
