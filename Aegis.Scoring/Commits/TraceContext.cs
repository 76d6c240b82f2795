using System.Diagnostics;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;

namespace Aegis.Scoring.Commits;

/// <summary>The trace of a transaction: its caller's, or one computed from id and position. A repeated decision
/// therefore has the same trace.</summary>
internal static class TraceContext
{
    /// <summary>The trace id, 32 hexadecimal digits.</summary>
    public static string TraceIdOf(string? traceParent, string transactionId, LogPosition position) =>
        ActivityContext.TryParse(traceParent, null, out var context)
            ? context.TraceId.ToHexString()
            : $"{StableHash.Hash64(transactionId):x16}{StableHash.Mix((ulong)position.Milliseconds ^ ((ulong)position.Sequence << 48)) | 1:x16}";
}
