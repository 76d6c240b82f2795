namespace Aegis.Scoring.Commits;

/// <summary>The caller of a row: the trace context, and the stream on which the caller awaits the decision.</summary>
internal readonly record struct Caller(int Row, string? TraceParent, string? ReplyTo);
