using System.Diagnostics;
using Aegis.Streams.Appending;
using Aegis.Streams.Redis;
using Aegis.TestRig;
using Aegis.TestRig.Audits;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Servers;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>What came of it; <c>artifacts/bench/soak.json</c>.</summary>
/// <param name="Machine">What it was run on.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Rate">Transactions a second that were to be appended.</param>
/// <param name="Minutes">For how long.</param>
/// <param name="Settled">Minutes after which the working set was taken first.</param>
/// <param name="Offered">Transactions appended: fewer than rate and time make where Redis took no more.</param>
/// <param name="OfferedPerSecond">The rate that was reached.</param>
/// <param name="Decided">Transactions decided when the time was over.</param>
/// <param name="DecidedPerSecond">The rate that was reached.</param>
/// <param name="Waiting">Appended and not decided then.</param>
/// <param name="FlaggedShare">Flagged of those decided: what is flagged costs several times as much.</param>
/// <param name="SettledMiB">Working set of the scoring process when it was taken first.</param>
/// <param name="EndMiB">Working set at the end.</param>
/// <param name="Growth">End by then.</param>
/// <param name="StoreMiB">The store's files at the end.</param>
/// <param name="LargestStoreMiB">The store's files at their largest, looked at every ten seconds.</param>
/// <param name="RedisMiB">Memory that redis-server uses for data at the end.</param>
/// <param name="ScoringCores">Processors that the scoring process kept busy.</param>
/// <param name="Load">The machine's load average over the last five minutes: what else ran on it is in there.</param>
internal sealed record SoakResult(
    Machine Machine, DateTimeOffset At, double Rate, double Minutes, double Settled, long Offered, double OfferedPerSecond, long Decided,
    double DecidedPerSecond, long Waiting, double FlaggedShare,
    double SettledMiB, double EndMiB, double Growth, double StoreMiB, double LargestStoreMiB, double RedisMiB, double ScoringCores,
    double Load);

/// <summary>A steady load over a long time, with trimming and retention on: memory and files must stay flat.</summary>
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
        // Ids and rows reach their limits before the working set is taken: what grows after that grows without end.
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

    /// <summary>Appends what is due, several appends at a time: open loop but for Redis' own backpressure.</summary>
    /// <returns>How many were appended.</returns>
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
