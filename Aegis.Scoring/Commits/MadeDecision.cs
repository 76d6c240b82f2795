using Aegis.Core.Decisions;

namespace Aegis.Scoring.Commits;

/// <summary>A row of a block that was turned into an object.</summary>
/// <param name="Row">The row's index.</param>
/// <param name="Decision">The decision.</param>
/// <param name="ProducedAt">When the producer made the entry, UTC.</param>
/// <param name="TraceParent">The caller's trace context; null if there is none.</param>
/// <param name="Producer">The producer of the entry; null if it has no name.</param>
internal readonly record struct MadeDecision(int Row, Decision Decision, DateTimeOffset ProducedAt, string? TraceParent, string? Producer);
