namespace Aegis.Client;

/// <summary>The answer of <c>POST /rates</c>.</summary>
/// <param name="Version">The version that comes into force.</param>
public sealed record RatesInForce(string Version);
