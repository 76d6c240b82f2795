using Aegis.Core.Decisions;

namespace Aegis.Scoring.Commits;

/// <summary>The answer to a waiting caller.</summary>
/// <param name="Decision">The decision; null if the transaction was met before or cannot be decided.</param>
/// <param name="Rejection">The reason why it cannot be decided.</param>
/// <param name="IsConflict">True if the id was used before for another transaction.</param>
internal sealed record WaitResult(Decision? Decision, string? Rejection = null, bool IsConflict = false);
