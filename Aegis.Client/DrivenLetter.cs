namespace Aegis.Client;

/// <summary>The answer to driving a dead letter again.</summary>
/// <param name="Key">The key of the letter.</param>
/// <param name="Corrected">True if the request brought a corrected transaction.</param>
public sealed record DrivenLetter(string Key, bool Corrected);
