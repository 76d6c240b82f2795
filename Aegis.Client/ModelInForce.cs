namespace Aegis.Client;

/// <summary>What <c>POST /models</c> and <c>POST /models/calibration</c> answer.</summary>
/// <param name="Version">The version that comes into force.</param>
public sealed record ModelInForce(string Version);
