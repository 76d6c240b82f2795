using Aegis.Core.Decisions;

namespace Aegis.Scoring.Commits;

/// <summary>What a waiting caller learns.</summary>
/// <param name="Decision">The decision; null where the transaction was met before or cannot be decided.</param>
/// <param name="Rejection">Why it cannot be decided.</param>
/// <param name="IsConflict">True where the id was used before for another transaction.</param>
internal sealed record WaitResult(Decision? Decision, string? Rejection = null, bool IsConflict = false);
