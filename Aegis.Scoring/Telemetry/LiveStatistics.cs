using System.Diagnostics.Metrics;
using Aegis.Client;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Models;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Scoring.Volumes;

namespace Aegis.Scoring.Telemetry;

/// <summary>Totals from the store, and throughput and latency of the last moments. It feeds the metrics too.</summary>
internal sealed class LiveStatistics : ICommitObserver
{
    private const int LatencySamples = 2_048;
    private const int LatenciesOfBlock = 32;
    private static readonly KeyValuePair<string,
        object?>[] OutcomeTags = [new("outcome", "approve"), new("outcome", "review"), new("outcome", "decline")];

    private readonly DecisionStore _store;
    private readonly ModelRegistry _models;
    private readonly LogLag _lag;
    private readonly WatchedVolumes _volumes;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly double[] _latencies = new double[LatencySamples];
    private readonly ThroughputMeter _throughput = new();
    private readonly Counter<long> _decisions;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _withoutRate;
    private readonly Histogram<double> _latency;
    private long _latencyCount;
    private long _changes;

    public LiveStatistics(
        DecisionStore store, ModelRegistry models, LogLag lag, WatchedVolumes volumes, ScoringTelemetry telemetry, TimeProvider time)
    {
        _store = store;
        _models = models;
        _lag = lag;
        _volumes = volumes;
        _time = time;
        _decisions = telemetry.Meter.CreateCounter<long>("aegis.decisions", "{transaction}", "Transactions decided, by outcome.");
        _deadLetters = telemetry.Meter.CreateCounter<long>("aegis.dead_letters", "{entry}", "Entries that could not be decided.");
        _duplicates = telemetry.Meter.CreateCounter<long>("aegis.duplicates", "{transaction}", "Transactions met again.");
        _withoutRate = telemetry.Meter.CreateCounter<long>(
            "aegis.amounts_without_rate", "{transaction}", "Transactions decided whose currency has no exchange rate.");
        _latency = telemetry.Meter.CreateHistogram<double>("aegis.decision.duration", "s", "From append to decision.");
        telemetry.Meter.CreateObservableGauge(
            "aegis.log.lag", () => lag.Now.TotalSeconds, "s", "Age of the oldest entry of the last read.");
    }

    /// <summary>Grows with every commit, and when a volume becomes short of space or has enough again.</summary>
    public long Changes => Volatile.Read(ref _changes) + _volumes.Changes;

    /// <summary>Counts a committed block. Of a large block it samples latencies evenly.</summary>
    public void Committed(DecisionBlock block, DateTimeOffset started, DateTimeOffset ended)
    {
        Span<int> outcomes = stackalloc int[OutcomeTags.Length];
        foreach (ref readonly var row in block.Rows)
        {
            outcomes[(int)row.Outcome]++;
        }

        for (var outcome = 0; outcome < outcomes.Length; outcome++)
        {
            _decisions.Add(outcomes[outcome], OutcomeTags[outcome]);
        }

        _deadLetters.Add(block.DeadLetters.Count);
        _duplicates.Add(block.Duplicates);
        _withoutRate.Add(block.WithoutRate);
        var step = 1 + (block.Count / LatenciesOfBlock);
        lock (_lock)
        {
            _throughput.Add(ended, block.Count);
            for (var row = 0; row < block.Count; row += step)
            {
                var latencyMs = Math.Max(0, (block.Times.DecidedMicroseconds / 1e3) - block.Rows[row].Position.Milliseconds);
                _latencies[_latencyCount++ % LatencySamples] = latencyMs;
                _latency.Record(latencyMs / 1_000);
            }
        }

        Interlocked.Increment(ref _changes);
    }

    /// <summary>All statistics, now.</summary>
    public Statistics Read()
    {
        var stored = _store.Counts();
        var now = _time.GetUtcNow();
        var (throughput, last, latency) = Recent(now);
        return new Statistics
        {
            Decided = stored.Counts.GetValueOrDefault("decided"),
            Flagged = stored.Counts.GetValueOrDefault("flagged"),
            Declined = stored.Counts.GetValueOrDefault("declined"),
            DeadLetters = stored.Counts.GetValueOrDefault("deadLetters"),
            Duplicates = stored.Counts.GetValueOrDefault("duplicates"),
            History = stored.Counts.GetValueOrDefault("history"),
            ByCountry = stored.ByCountry,
            ScoreHistogram = stored.ScoreHistogram,
            ThroughputPerSecond = throughput,
            LastThroughput = last,
            LatencyMs = latency,
            LagSeconds = _lag.Now.TotalSeconds,
            ModelVersion = _models.InForce,
            Volumes = [.. _volumes.Now.Select(state => new VolumeReport(
                state.Volume.MountPoint, state.Holds, state.Volume.FreeBytes, state.TimeLeft?.TotalHours, state.Shortage, state.Warning))],
            At = now,
        };
    }

    private (double Throughput, MeasuredThroughput? Last, LatencySummary Latency) Recent(DateTimeOffset now)
    {
        lock (_lock)
        {
            var sorted = _latencies.AsSpan(0, (int)Math.Min(_latencyCount, LatencySamples)).ToArray();
            Array.Sort(sorted);
            return (_throughput.PerSecond(now), _throughput.Last, sorted.Length == 0
                ? new LatencySummary(0, 0, 0)
                : new LatencySummary(At(sorted, 0.5), At(sorted, 0.95), At(sorted, 0.99)));
        }
    }

    private static double At(double[] sorted, double quantile) => sorted[Math.Min(sorted.Length - 1, (int)(quantile * sorted.Length))];
}
