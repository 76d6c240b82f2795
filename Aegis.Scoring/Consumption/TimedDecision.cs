using Aegis.Core.Decisions;

namespace Aegis.Scoring.Consumption;

/// <summary>When a transaction passed each stage, UTC.</summary>
internal readonly record struct StageTimes(
    DateTimeOffset Produced, DateTimeOffset Appended, DateTimeOffset Read, DateTimeOffset Extracted, DateTimeOffset ForestDone, DateTimeOffset AutoencoderDone, DateTimeOffset Decided);

/// <summary>A decision, when its stages were passed, and the caller's trace context.</summary>
internal readonly record struct TimedDecision(Decision Decision, StageTimes Times, string? TraceParent);
