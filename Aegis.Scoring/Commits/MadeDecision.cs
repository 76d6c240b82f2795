using Aegis.Core.Decisions;

namespace Aegis.Scoring.Commits;

/// <summary>A row of a block that was made an object.</summary>
/// <param name="Row">Which one.</param>
/// <param name="Decision">The decision.</param>
/// <param name="ProducedAt">When the producer made the entry, UTC.</param>
/// <param name="TraceParent">The caller's trace context; null where there is none.</param>
/// <param name="Producer">Who made the entry; null where it has no name.</param>
internal readonly record struct MadeDecision(int Row, Decision Decision, DateTimeOffset ProducedAt, string? TraceParent, string? Producer);
