namespace Aegis.Scoring.Commits;

/// <summary>The store cannot be used as it is; the message says why and what to do.</summary>
internal sealed class StoreException(string message) : Exception(message);
