namespace Aegis.Scoring.Commits;

/// <summary>An answer for a caller in another process.</summary>
internal sealed record Reply(string Stream, TransactionKey Key, WaitResult Result);
