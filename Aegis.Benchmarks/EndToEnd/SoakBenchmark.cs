using System.Diagnostics;
using Aegis.Streams.Appending;
using Aegis.Streams.Redis;
using Aegis.TestRig;
using Aegis.TestRig.Audits;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Servers;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>Result of a soak; <c>artifacts/bench/soak.json</c>.</summary>
/// <param name="Machine">The machine that ran it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Rate">Transactions a second that the benchmark meant to append.</param>
/// <param name="Minutes">Length of the soak.</param>
/// <param name="Settled">Minutes until the first reading of the working set.</param>
/// <param name="Offered">Transactions appended; fewer than rate times time if Redis took no more.</param>
/// <param name="OfferedPerSecond">Transactions appended a second.</param>
/// <param name="Decided">Transactions decided by the end.</param>
/// <param name="DecidedPerSecond">Transactions decided a second.</param>
/// <param name="Waiting">Transactions appended but not decided at the end.</param>
/// <param name="FlaggedShare">Share of decided transactions that were flagged: a flagged one costs several times as much.</param>
/// <param name="SettledMiB">Working set of the scoring process at the first reading.</param>
/// <param name="EndMiB">Working set at the end.</param>
/// <param name="Growth">Working set at the end divided by that at the first reading.</param>
/// <param name="StoreMiB">The store's files at the end.</param>
/// <param name="LargestStoreMiB">The store's files at their largest, read every ten seconds.</param>
/// <param name="RedisMiB">Memory that redis-server uses for data at the end.</param>
/// <param name="ScoringCores">Processors that the scoring process kept busy, on average.</param>
/// <param name="Load">The machine's load average over the last five minutes, other programs included.</param>
internal sealed record SoakResult(
    Machine Machine, DateTimeOffset At, double Rate, double Minutes, double Settled, long Offered, double OfferedPerSecond, long Decided,
    double DecidedPerSecond, long Waiting, double FlaggedShare,
    double SettledMiB, double EndMiB, double Growth, double StoreMiB, double LargestStoreMiB, double RedisMiB, double ScoringCores,
    double Load);

/// <summary>Runs a steady load for a long time, with trimming and retention on: memory and files must stay flat.</summary>
internal static class SoakBenchmark
{
    private const double MiB = 1 << 20;
    private const int AppendAtOnce = 2_000;
    private const int MaxAppends = 8;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    public static async Task<SoakResult> RunAsync(double rate, double minutes, double settled, ulong seed, string folder, string model)
    {
        await using var redis = await PrivateRedis.StartAsync(Path.Combine(folder, "redis"));
        await using var client = redis.Client();
        // Ids and rows reach their limits before the first reading of the working set: growth after it is growth without end.
        var storeFolder = Path.Combine(folder, "scoring");
        await using var scoring = new ScoringProcess(
            redis.ConnectionString, storeFolder, model, "scoring", "Scoring__RememberedIds=500000", "Scoring__StoreMaxGiB=1",
            "Scoring__SnapshotEntries=20000", "Scoring__FactsIntervalSeconds=1");
        await scoring.HealthyAsync(TimeSpan.FromMinutes(1));
        var traffic = new SoakTraffic((long)(rate * minutes * 60), seed);
        using var done = new CancellationTokenSource();
        var started = Stopwatch.GetTimestamp();
        var looking = LookAsync(scoring, storeFolder, started, done.Token);
        var sent = await OfferAsync(new TransactionLog(client, Chaos.ShardCount), traffic, rate, TimeSpan.FromMinutes(minutes), started);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var statistics = (await scoring.StatisticsAsync())!;
        await done.CancelAsync();
        var looks = await looking;
        var info = (await client.ExecuteAsync(new RedisCommand("INFO", "memory"), CancellationToken.None)).Text();
        var redisBytes = double.Parse(
            info.Split('\n').First(line => line.StartsWith("used_memory:", StringComparison.Ordinal)).Split(':')[1]);
        var first = looks.First(look => look.Minutes >= settled);
        return new SoakResult(
            Machine.Here(), TimeProvider.System.GetUtcNow(), rate, minutes, settled, sent, Math.Round(sent / seconds), statistics.Decided,
            Math.Round(statistics.Decided / seconds),
            sent - statistics.Decided, Math.Round(statistics.Flagged / (double)Math.Max(1, statistics.Decided), 4), Math.Round(
                first.WorkingSetMiB, 1), Math.Round(looks[^1].WorkingSetMiB, 1),
            Math.Round(looks[^1].WorkingSetMiB / first.WorkingSetMiB, 4), Math.Round(StoreMiB(storeFolder)), Math.Round(
                looks.Max(look => look.StoreMiB)), Math.Round(redisBytes / MiB),
            Math.Round((looks[^1].ProcessorSeconds - looks[0].ProcessorSeconds) / (60 * (looks[^1].Minutes - looks[0].Minutes)), 2),
            Machine.LoadOfFiveMinutes());
    }

    /// <summary>Appends what is due, several appends at a time. Open loop, except that Redis' backpressure slows it.</summary>
    /// <returns>The number of transactions appended.</returns>
    private static async Task<long> OfferAsync(TransactionLog log, SoakTraffic traffic, double rate, TimeSpan time, long started)
    {
        long sent = 0;
        var appending = new Queue<Task>();
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            for (var due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * rate); sent < due && appending.Count < MaxAppends;)
            {
                var count = (int)Math.Min(due - sent, AppendAtOnce);
                appending.Enqueue(log.AppendAsync(traffic.Take(count), CancellationToken.None));
                sent += count;
            }

            while (appending.TryPeek(out var oldest) && (oldest.IsCompleted || appending.Count == MaxAppends))
            {
                await appending.Dequeue();
            }

            await Task.Delay(Beat);
        }

        await Task.WhenAll(appending);
        return sent;
    }

    private static async Task<List<SoakLook>> LookAsync(ScoringProcess scoring, string storeFolder, long started, CancellationToken done)
    {
        var looks = new List<SoakLook>();
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                var process = await scoring.Api.ProcessAsync(done);
                looks.Add(new SoakLook(
                    Stopwatch.GetElapsedTime(started).TotalMinutes, process.WorkingSetBytes / MiB, StoreMiB(storeFolder),
                    process.ProcessorSeconds));
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The time is over.
        }

        return looks;
    }

    private static double StoreMiB(string folder) =>
        Directory.EnumerateFiles(folder, "aegis.db*").Sum(file => new FileInfo(file).Length) / MiB;

    private readonly record struct SoakLook(double Minutes, double WorkingSetMiB, double StoreMiB, double ProcessorSeconds);
}
