using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Aegis.Core.Transactions;
using Aegis.Streams;
using Aegis.Streams.Redis;
using RedisKey = StackExchange.Redis.RedisKey;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>Latency of one way in.</summary>
/// <param name="Count">Answers.</param>
/// <param name="Failed">Calls without a decision; they are not among the percentiles.</param>
/// <param name="P50Ms">Median.</param>
/// <param name="P95Ms">95th percentile.</param>
/// <param name="P99Ms">99th percentile.</param>
/// <param name="P999Ms">99.9th percentile.</param>
/// <param name="MaxMs">The slowest.</param>
internal sealed record LatencyFigures(long Count, long Failed, double P50Ms, double P95Ms, double P99Ms, double P999Ms, double MaxMs);

/// <summary>What came of it; <c>artifacts/bench/latency.json</c>.</summary>
/// <param name="Machine">What it was measured on.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Rate">Transactions a second, sent at fixed intervals whatever comes back (open loop).</param>
/// <param name="Seconds">For how long, after a warm-up.</param>
/// <param name="Http">POST /decisions, from the moment a call was due to its answer read: a late send counts as latency (coordinated omission corrected).</param>
/// <param name="Stream">XADD with a reply stream, from the moment the append was due to the decision read from the reply stream.</param>
/// <param name="SlowSyncs">Seconds in which redis-server waited for the disk longer than <see cref="LatencyBenchmark.SlowSyncMs"/>: with <c>appendfsync always</c> all callers of such a moment wait with it.</param>
/// <param name="SlowestSyncMs">Its longest wait for the disk.</param>
internal sealed record LatencyResult(
    Machine Machine, DateTimeOffset At, double Rate, double Seconds, LatencyFigures Http, LatencyFigures Stream, int SlowSyncs, double SlowestSyncMs);

/// <summary>How long a caller waits for a decision at a steady rate, everything on one machine.</summary>
internal static class LatencyBenchmark
{
    /// <summary>A wait of redis-server for the disk that is counted.</summary>
    public const int SlowSyncMs = 10;

    private const int ShardCount = 16;
    private const string ReplyStream = "aegis:replies:bench";
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    public static async Task<LatencyResult> RunAsync(double rate, double seconds, ulong seed, string folder, string model)
    {
        await using var redis = await PrivateRedis.StartAsync(Path.Combine(folder, "redis"));
        await using var scoring = new ScoringProcess(redis.ConnectionString, Path.Combine(folder, "scoring"), model);
        await scoring.HealthyAsync(TimeSpan.FromMinutes(1));
        await using var server = redis.Client();
        await server.ExecuteAsync(new RedisCommand("CONFIG", "SET", "latency-monitor-threshold", SlowSyncMs), CancellationToken.None);
        var calls = (int)(rate * (seconds + WarmUp.TotalSeconds));
        var payments = Backlog.Payments(10_000_000, seed).Take(2 * calls).ToList();

        Report.Say($"{rate:N0} calls of POST /decisions a second for {seconds:N0} s");
        var http = await HttpAsync(scoring, payments.Take(calls).Select(Bytes).ToList(), rate);
        Report.Say($"{rate:N0} appends a second for {seconds:N0} s");
        var stream = await StreamAsync(redis, payments.Skip(calls).ToList(), rate);
        var warmUp = (int)(rate * WarmUp.TotalSeconds);
        // Pairs of a second and the longest wait in it.
        var syncs = (await server.ExecuteAsync(new RedisCommand("LATENCY", "HISTORY", "aof-fsync-always"), CancellationToken.None)).Items().Select(sync => (long)sync[1]).ToList();
        return new LatencyResult(
            Machine.Here(), TimeProvider.System.GetUtcNow(), rate, seconds, Figures("http", http.AsSpan(warmUp)), Figures("stream", stream.AsSpan(warmUp)),
            syncs.Count, syncs.DefaultIfEmpty(0).Max());
    }

    /// <returns>Milliseconds from due to answered by call; not a number where there was no answer.</returns>
    private static async Task<double[]> HttpAsync(ScoringProcess scoring, List<byte[]> bodies, double rate)
    {
        var latencies = new double[bodies.Count];
        await OpenLoop.RunAsync(bodies.Count, rate, async (call, due) =>
        {
            using var content = new ByteArrayContent(bodies[call]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            try
            {
                using var response = await scoring.Http.PostAsync(new Uri("/decisions", UriKind.Relative), content);
                latencies[call] = response.IsSuccessStatusCode ? Stopwatch.GetElapsedTime(due).TotalMilliseconds : double.NaN;
            }
            catch (HttpRequestException)
            {
                latencies[call] = double.NaN;
            }
        });
        return latencies;
    }

    private static async Task<double[]> StreamAsync(PrivateRedis redis, List<Transaction> payments, double rate)
    {
        var latencies = Enumerable.Repeat(double.NaN, payments.Count).ToArray();
        var dues = new long[payments.Count];
        var numbers = payments.Select((payment, number) => (payment.Id, number)).ToDictionary(p => p.Id, p => p.number);
        await using var appending = redis.Client();
        await using var reading = redis.Client();
        using var ending = new CancellationTokenSource();
        var answers = 0;
        var replies = Task.Run(async () =>
        {
            for (var after = "0"; answers < payments.Count && !ending.IsCancellationRequested;)
            {
                var reply = await reading.ExecuteAsync(
                    new RedisCommand("XREAD", "COUNT", 500, "BLOCK", 500, "STREAMS", (RedisKey)ReplyStream, after), CancellationToken.None);
                var now = Stopwatch.GetTimestamp();
                foreach (var entry in reply.Pairs().SelectMany(stream => stream.Value.Items()))
                {
                    after = entry[0].Text();
                    using var message = JsonDocument.Parse(entry[1][1].Bytes());
                    var number = numbers[message.RootElement.GetProperty("decision").GetProperty("transaction").GetProperty("id").GetString()!];
                    latencies[number] = Stopwatch.GetElapsedTime(dues[number], now).TotalMilliseconds;
                    answers++;
                }
            }
        });
        var log = new TransactionLog(appending, ShardCount);
        await OpenLoop.RunAsync(payments.Count, rate, async (call, due) =>
        {
            dues[call] = due;
            var payment = payments[call];
            await log.AppendAsync(new LogMessage([payment], IsHistory: false, TimeProvider.System.GetUtcNow(), TraceParent: null, ReplyStream), CancellationToken.None);
        });
        ending.CancelAfter(AnswerLimit);
        await replies;
        return latencies;
    }

    private static byte[] Bytes(Transaction payment) => JsonSerializer.SerializeToUtf8Bytes(Callers.Body(payment), AegisJson.Options);

    private static LatencyFigures Figures(string name, ReadOnlySpan<double> latencies)
    {
        var sorted = latencies.ToArray().Where(latency => !double.IsNaN(latency)).Order().ToArray();
        WriteHistogram(name, sorted);
        return new LatencyFigures(sorted.Length, latencies.Length - sorted.Length, At(0.5), At(0.95), At(0.99), At(0.999), sorted.Length == 0 ? double.NaN : Round(sorted[^1]));

        double At(double quantile) => sorted.Length == 0 ? double.NaN : Round(sorted[Math.Min(sorted.Length - 1, (int)(quantile * sorted.Length))]);
    }

    /// <summary>Counts in buckets that grow by a tenth: <c>up_to_ms,count</c>.</summary>
    private static void WriteHistogram(string name, double[] sorted)
    {
        Directory.CreateDirectory(Report.Folder);
        var buckets = sorted.GroupBy(ms => Math.Ceiling(Math.Log(Math.Max(ms, 0.01), 1.1))).OrderBy(bucket => bucket.Key);
        File.WriteAllLines(Path.Combine(Report.Folder, $"latency-{name}.csv"), ["up_to_ms,count", .. buckets.Select(bucket => FormattableString.Invariant($"{Math.Pow(1.1, bucket.Key):F4},{bucket.Count()}"))]);
    }

    private static double Round(double ms) => Math.Round(ms, 3);
}
