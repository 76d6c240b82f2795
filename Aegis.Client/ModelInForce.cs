namespace Aegis.Client;

/// <summary>The answer of <c>POST /models</c> and <c>POST /models/calibration</c>.</summary>
/// <param name="Version">The version that comes into force.</param>
public sealed record ModelInForce(string Version);
