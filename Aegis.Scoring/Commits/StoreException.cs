namespace Aegis.Scoring.Commits;

/// <summary>The store cannot be used in its present state; the message says why and what to do.</summary>
internal sealed class StoreException(string message) : Exception(message);
