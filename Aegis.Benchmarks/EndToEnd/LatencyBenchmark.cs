using System.Diagnostics;
using Aegis.Streams.Redis;
using Aegis.TestRig;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Servers;
using Aegis.TestRig.Traffic;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>Latency of one kind of call.</summary>
/// <param name="Count">Calls that got an answer.</param>
/// <param name="Failed">Calls without an answer; the percentiles leave them out.</param>
/// <param name="P50Ms">Median.</param>
/// <param name="P95Ms">95th percentile.</param>
/// <param name="P99Ms">99th percentile.</param>
/// <param name="P999Ms">99.9th percentile.</param>
/// <param name="MaxMs">The slowest call.</param>
internal sealed record LatencyFigures(long Count, long Failed, double P50Ms, double P95Ms, double P99Ms, double P999Ms, double MaxMs);

/// <summary>Latency of a decision as a multiple of the floor's latency.</summary>
/// <param name="HttpP50">Median over HTTP.</param>
/// <param name="HttpP99">99th percentile over HTTP.</param>
/// <param name="StreamP50">Median over the stream.</param>
/// <param name="StreamP99">99th percentile over the stream.</param>
internal sealed record FloorRatios(double HttpP50, double HttpP99, double StreamP50, double StreamP99);

/// <summary>Result of a latency run; <c>artifacts/bench/latency.json</c>.</summary>
/// <param name="Machine">The machine that ran it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Rate">Calls a second, sent at fixed intervals whether or not answers come back (open loop).</param>
/// <param name="Seconds">How long each kind of call was measured, in turns of a second, after a warm-up.</param>
/// <param name="Http">POST /decisions, from the moment a call was due until its answer was read. A late send counts as
/// latency (coordinated omission corrected).</param>
/// <param name="Stream">XADD with a reply stream, from the moment the append was due until the decision was read from
/// the reply stream.</param>
/// <param name="Floor">A bare XADD of the same payload to a stream that nobody reads, from due to acknowledged: the
/// cost of the disk and redis-server, whoever decides.</param>
/// <param name="OverFloor">The other latencies divided by the floor's.</param>
/// <param name="SlowSyncs">Seconds in which redis-server waited longer than <see cref="LatencyBenchmark.SlowSyncMs"/>
/// for the disk: with <c>appendfsync always</c> all callers wait with it.</param>
/// <param name="SlowestSyncMs">Redis-server's longest wait for the disk.</param>
internal sealed record LatencyResult(
    Machine Machine, DateTimeOffset At, double Rate, double Seconds, LatencyFigures Http, LatencyFigures Stream, LatencyFigures Floor,
    FloorRatios OverFloor, int SlowSyncs, double SlowestSyncMs);

/// <summary>Measures how long callers wait for a decision at a steady rate, with everything on one machine.</summary>
internal static class LatencyBenchmark
{
    /// <summary>Counts a wait of redis-server for the disk from this length on.</summary>
    public const int SlowSyncMs = 10;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async Task<LatencyResult> RunAsync(double rate, double seconds, ulong seed, string folder, string model)
    {
        await using var redis = await PrivateRedis.StartAsync(Path.Combine(folder, "redis"));
        await using var scoring = new ScoringProcess(redis.ConnectionString, Path.Combine(folder, "scoring"), model);
        await scoring.HealthyAsync(TimeSpan.FromMinutes(1));
        await using var server = redis.Client();
        await server.ExecuteAsync(new RedisCommand("CONFIG", "SET", "latency-monitor-threshold", SlowSyncMs), CancellationToken.None);
        var calls = (int)(rate * (seconds + WarmUp.TotalSeconds));
        var payments = Backlog.Payments(10_000_000, seed).Take(2 * calls).ToList();

        var http = new HttpCalls(scoring.Http, payments[..calls]);
        var appended = payments[calls..];
        await using var stream = new StreamCalls(redis, appended);
        await using var floor = new FloorCalls(redis, appended);
        Report.Say($"{rate:N0} calls a second for three times {seconds:N0} s: POST /decisions, appends with a reply stream and bare XADDs, second by second in turn");
        await InTurnAsync([http, stream, floor], calls, rate);
        await stream.AnsweredAsync();

        var warmUp = (int)(rate * WarmUp.TotalSeconds);
        // Pairs of a second and the longest wait in it.
        var syncs = (await server.ExecuteAsync(new RedisCommand("LATENCY", "HISTORY", "aof-fsync-always"), CancellationToken.None)).Items()
            .Select(sync => (long)sync[1]).ToList();
        var (overHttp, overStream, bare) = (
            Figures("http", http.Latencies.AsSpan(warmUp)), Figures("stream", stream.Latencies.AsSpan(warmUp)), Figures(
                "floor", floor.Latencies.AsSpan(warmUp)));
        var ratios = new FloorRatios(
            Math.Round(overHttp.P50Ms / bare.P50Ms, 2), Math.Round(overHttp.P99Ms / bare.P99Ms, 2), Math.Round(
                overStream.P50Ms / bare.P50Ms, 2), Math.Round(overStream.P99Ms / bare.P99Ms, 2));
        return new LatencyResult(
            Machine.Here(), TimeProvider.System.GetUtcNow(), rate, seconds, overHttp, overStream, bare, ratios, syncs.Count,
            syncs.DefaultIfEmpty(0).Max());
    }

    /// <summary>Sends a second of the first kind's calls, then one of the next, and so on in turn, so that all kinds
    /// meet the same disk and the same neighbours.</summary>
    private static Task InTurnAsync(TimedCalls[] kinds, int callsOfEach, double rate)
    {
        var turn = Math.Max(1, (int)rate);
        List<(TimedCalls Kind, int Number)> calls =
            [.. Enumerable.Range(0, callsOfEach).Chunk(turn)
                .SelectMany(numbers => kinds.SelectMany(kind => numbers.Select(number => (kind, number))))];
        return OpenLoop.RunAsync(calls.Count, rate, (call, due) => calls[call].Kind.SendAsync(calls[call].Number, due));
    }

    private static LatencyFigures Figures(string name, ReadOnlySpan<double> latencies)
    {
        var sorted = latencies.ToArray().Where(latency => !double.IsNaN(latency)).Order().ToArray();
        WriteHistogram(name, sorted);
        return new LatencyFigures(
            sorted.Length, latencies.Length - sorted.Length, At(0.5), At(0.95), At(0.99), At(0.999), sorted.Length == 0
            ? double.NaN
            : Round(sorted[^1]));

        double At(double quantile) =>
            sorted.Length == 0 ? double.NaN : Round(sorted[Math.Min(sorted.Length - 1, (int)(quantile * sorted.Length))]);
    }

    /// <summary>Writes counts in buckets that grow by a tenth: <c>up_to_ms,count</c>.</summary>
    private static void WriteHistogram(string name, double[] sorted)
    {
        Directory.CreateDirectory(Report.Folder);
        var buckets = sorted.GroupBy(ms => Math.Ceiling(Math.Log(Math.Max(ms, 0.01), 1.1))).OrderBy(bucket => bucket.Key);
        File.WriteAllLines(
            Path.Combine(Report.Folder, $"latency-{name}.csv"),
            ["up_to_ms,count", .. buckets.Select(
                bucket => FormattableString.Invariant($"{Math.Pow(1.1, bucket.Key):F4},{bucket.Count()}"))]);
    }

    private static double Round(double ms) => Math.Round(ms, 3);
}
