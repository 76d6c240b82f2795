namespace Aegis.Scoring.Commits;

/// <summary>The log lacks what the store has seen, or belongs to another store. Nothing is decided until an operator restores it or
/// has the histories rebuilt.</summary>
internal sealed class LogBrokenException(string message) : Exception(message);
