using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Streams;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Commits;

/// <summary>Who is behind a row: the caller's trace context, and the stream that he awaits the decision on.</summary>
internal readonly record struct Caller(int Row, string? TraceParent, string? ReplyTo);
