using System.Diagnostics;
using Aegis.Core.Transactions;
using Aegis.Streams;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>What came of it; <c>artifacts/bench/soak.json</c>.</summary>
/// <param name="Machine">What it was run on.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Rate">Transactions a second that were to be appended.</param>
/// <param name="Minutes">For how long.</param>
/// <param name="Settled">Minutes after which the working set was taken first.</param>
/// <param name="Decided">Transactions decided.</param>
/// <param name="DecidedPerSecond">The rate that was reached.</param>
/// <param name="SettledMiB">Working set of the scoring process then.</param>
/// <param name="EndMiB">Working set at the end.</param>
/// <param name="Growth">End by then.</param>
/// <param name="StoreMiB">The store's files at the end.</param>
/// <param name="RedisMiB">Memory that redis-server uses for data at the end.</param>
internal sealed record SoakResult(
    Machine Machine, DateTimeOffset At, double Rate, double Minutes, double Settled, long Decided, double DecidedPerSecond, double SettledMiB, double EndMiB, double Growth, double StoreMiB, double RedisMiB);

/// <summary>A steady load over a long time, with trimming and retention on: memory must stay flat.</summary>
internal static class SoakBenchmark
{
    private const double MiB = 1 << 20;
    private const int Templates = 100_000;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    public static async Task<SoakResult> RunAsync(double rate, double minutes, double settled, ulong seed, string folder, string model)
    {
        await using var redis = await PrivateRedis.StartAsync(Path.Combine(folder, "redis"));
        await using var client = redis.Client();
        // Ids and rows reach their limits before the working set is taken: what grows after that grows without end.
        await using var scoring = new ScoringProcess(
            redis.ConnectionString, Path.Combine(folder, "scoring"), model, "scoring", "Scoring__RememberedIds=500000", "Scoring__StoreMaxGiB=1", "Scoring__SnapshotEntries=20000");
        await scoring.HealthyAsync(TimeSpan.FromMinutes(1));
        var log = new TransactionLog(client, Chaos.ShardCount);
        var payments = Backlog.Payments(Templates, seed).Take(Templates).ToList();
        var memory = new List<(double Minutes, double MiB)>();
        var started = Stopwatch.GetTimestamp();
        var nextLook = Look;
        for (long sent = 0; Stopwatch.GetElapsedTime(started).TotalMinutes < minutes;)
        {
            var due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate);
            if (due > sent)
            {
                var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
                await log.AppendAsync([.. Enumerable.Range(0, (int)Math.Min(due - sent, 5_000)).Select(i => Message(payments[(int)((sent + i) % Templates)], now))], CancellationToken.None);
                sent = Math.Min(due, sent + 5_000);
            }

            if (Stopwatch.GetElapsedTime(started) >= nextLook)
            {
                memory.Add((Stopwatch.GetElapsedTime(started).TotalMinutes, (await scoring.GetAsync("/process")).GetProperty("workingSetBytes").GetInt64() / MiB));
                nextLook += Look;
            }

            await Task.Delay(Beat);
        }

        var statistics = (await scoring.StatisticsAsync())!;
        var first = memory.First(look => look.Minutes >= settled).MiB;
        var store = Directory.EnumerateFiles(Path.Combine(folder, "scoring"), "aegis.db*").Sum(file => new FileInfo(file).Length) / MiB;
        var info = (await client.ExecuteAsync(new Aegis.Streams.Redis.RedisCommand("INFO", "memory"), CancellationToken.None)).Text;
        var redisBytes = double.Parse(info.Split('\n').First(line => line.StartsWith("used_memory:", StringComparison.Ordinal)).Split(':')[1]);
        return new SoakResult(
            Machine.Here(), TimeProvider.System.GetUtcNow(), rate, minutes, settled, statistics.Decided, statistics.Decided / Stopwatch.GetElapsedTime(started).TotalSeconds,
            Math.Round(first, 1), Math.Round(memory[^1].MiB, 1), Math.Round(memory[^1].MiB / first, 4), Math.Round(store), Math.Round(redisBytes / MiB));
    }

    private static LogMessage Message(Transaction template, DateTimeOffset now) =>
        new([template with { Id = Guid.NewGuid().ToString(), EventTime = now }], IsHistory: false, now, TraceParent: null);
}
