namespace Aegis.Scoring.Models;

/// <summary>A bundle has the version of another one; the message names it and says what is allowed.</summary>
internal sealed class VersionTakenException(string message) : InvalidOperationException(message);
