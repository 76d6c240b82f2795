using System.Diagnostics;

namespace Aegis.Scoring.Telemetry;

/// <summary>The trace of a request that decides a payment. It is exported if the payment is flagged or within the
/// budget. Which of them applies is known only at the end.</summary>
internal sealed class RequestTrace
{
    private readonly Activity? _request;

    private RequestTrace(Activity? request, bool isSampled)
    {
        // A caller's trace that is not recorded stays unrecorded.
        _request = request is { Recorded: true } ? request : null;
        Parent = request is null ? null : $"00-{request.TraceId}-{request.SpanId}-{(isSampled && request.Recorded ? "01" : "00")}";
    }

    /// <summary>The W3C trace context for the log; null if there is none.</summary>
    public string? Parent { get; }

    /// <summary>Begins with the current request.</summary>
    public static RequestTrace Begin(TransactionTracer tracer)
    {
        var isSampled = Activity.Current is not null && tracer.TakeSample();
        var trace = new RequestTrace(Activity.Current, isSampled);
        if (trace._request is { } request && !isSampled)
        {
            request.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }

        return trace;
    }

    /// <summary>The trace of a request that brings many payments. The trace is kept; of the payments, only the flagged
    /// ones appear in it.</summary>
    public static RequestTrace OfMany() => new(Activity.Current, isSampled: false);

    /// <summary>Keeps the trace, because the payment is flagged.</summary>
    public void Keep()
    {
        if (_request is not null)
        {
            _request.ActivityTraceFlags |= ActivityTraceFlags.Recorded;
        }
    }
}
