using System.Diagnostics;
using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Telemetry;

/// <summary>Builds a transaction's trace afterwards, from its stage times. An untraced transaction costs nothing.</summary>
internal sealed class TransactionTracer : ICommitObserver
{
    private readonly ActivitySource _source;
    private readonly int _budgetPerSecond;
    private readonly TimeProvider _time;
    private readonly Lock _budget = new();
    private long _second;
    private int _sampled;

    public TransactionTracer(IOptions<ScoringOptions> options, ScoringTelemetry telemetry, TimeProvider time)
    {
        _source = telemetry.Source;
        _budgetPerSecond = options.Value.SampledTracesPerSecond;
        _time = time;
    }

    /// <inheritdoc/>
    public void Committed(DecisionBlock block, DateTimeOffset started, DateTimeOffset ended)
    {
        foreach (var made in block.Made)
        {
            Trace(made, block.Times, started, ended);
        }
    }

    /// <summary>Traces a committed decision: always if flagged, otherwise within a budget.</summary>
    private void Trace(MadeDecision made, BlockTimes times, DateTimeOffset commitStarted, DateTimeOffset committed)
    {
        if (!_source.HasListeners() || !(made.Decision.IsFlagged || IsSampled(made.TraceParent)))
        {
            return;
        }

        var previous = Activity.Current;
        Activity.Current = null;
        try
        {
            Build(made, times, commitStarted, committed);
        }
        finally
        {
            Activity.Current = previous;
        }
    }

    private void Build(MadeDecision made, BlockTimes times, DateTimeOffset commitStarted, DateTimeOffset committed)
    {
        var (_, decision, produced, traceParent, producer) = made;
        // The root starts a microsecond before its first stage, so that viewers sort it first.
        using var root = StartRoot(decision.TraceId, traceParent, produced.AddTicks(-TimeSpan.TicksPerMicrosecond));
        if (root is null)
        {
            return;
        }

        root.SetTag("aegis.transaction.id", decision.Transaction.Id);
        root.SetTag("aegis.outcome", decision.Outcome.Name());
        root.SetTag("aegis.score", Math.Round(decision.Assessment.Score, 1));
        root.SetTag("aegis.shard", decision.Shard);
        root.SetTag("aegis.position", decision.Position.ToString());
        root.SetTag("aegis.model.version", decision.ModelVersion);
        root.SetTag("aegis.latency_ms", Math.Round(decision.LatencyMs, 3));
        if (decision.Reasons.Count > 0)
        {
            root.SetTag("aegis.reasons", decision.Reasons.Select(r => r.Code).ToArray());
        }

        // The log's stamp is cut to whole milliseconds, so it may seem to lie before the produce stage.
        var appended = decision.Position.AppendedAt > produced ? decision.Position.AppendedAt : produced;
        var (read, extracted, forest, autoencoder) = (
            UnixTime.FromMicroseconds(times.ReadMicroseconds), UnixTime.FromMicroseconds(times.ExtractedMicroseconds),
            UnixTime.FromMicroseconds(times.ForestMicroseconds), UnixTime.FromMicroseconds(times.AutoencoderMicroseconds));
        Stage(root, "produce", produced, appended, producer);
        Stage(root, "queue", appended, read);
        Stage(root, "extract", read, extracted);
        Stage(root, "forest", extracted, forest);
        Stage(root, "autoencoder", forest, autoencoder);
        Stage(root, "decide", autoencoder, decision.DecidedAt);
        Stage(root, "commit", commitStarted, committed);
        root.SetEndTime(committed.UtcDateTime);
    }

    private Activity? StartRoot(string traceId, string? traceParent, DateTimeOffset start)
    {
        if (ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent))
        {
            // The tracer chose to export this trace, even if the caller did not record it then.
            var shown = new ActivityContext(parent.TraceId, parent.SpanId, ActivityTraceFlags.Recorded, isRemote: true);
            return _source.StartActivity("transaction", ActivityKind.Consumer, shown, startTime: start);
        }

        // The decision has already fixed its trace id. A parent span of zeros means no parent: this is a root.
        var root = _source.CreateActivity("transaction", ActivityKind.Consumer, default(ActivityContext));
        return root?.SetParentId(ActivityTraceId.CreateFromString(traceId), default, root.ActivityTraceFlags)
            .SetStartTime(start.UtcDateTime).Start();
    }

    private void Stage(Activity root, string name, DateTimeOffset start, DateTimeOffset end, string? producer = null)
    {
        using var stage = _source.StartActivity(name, ActivityKind.Internal, root.Context, startTime: start);
        if (producer is not null)
        {
            stage?.SetTag("aegis.producer", producer);
        }

        stage?.SetEndTime((end > start ? end : start).UtcDateTime);
    }

    /// <summary>Takes one trace from this second's budget. Any thread.</summary>
    /// <returns>False if the budget is used up.</returns>
    public bool TakeSample()
    {
        lock (_budget)
        {
            var second = _time.GetUtcNow().ToUnixTimeSeconds();
            if (second != _second)
            {
                (_second, _sampled) = (second, 0);
            }

            return _sampled++ < _budgetPerSecond;
        }
    }

    /// <summary>True if the trace is in the budget. If there is a caller, the edge has asked for the budget already.</summary>
    private bool IsSampled(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, out var caller) ? caller.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) : TakeSample();
}
