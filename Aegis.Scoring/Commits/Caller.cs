namespace Aegis.Scoring.Commits;

/// <summary>Who is behind a row: the caller's trace context, and the stream that he awaits the decision on.</summary>
internal readonly record struct Caller(int Row, string? TraceParent, string? ReplyTo);
