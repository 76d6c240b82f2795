using System.Diagnostics;
using Aegis.Streams;
using Spectre.Console;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>What a drain came to; <c>artifacts/bench/drain.json</c>.</summary>
/// <param name="Machine">What it was measured on.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Transactions">The backlog.</param>
/// <param name="EntryBytes">Mean size of an entry.</param>
/// <param name="TransactionsPerSecond">Decided and stored, from the first commit seen to the last.</param>
/// <param name="PerMillion">The rate of each million.</param>
/// <param name="XaddPerSecond">redis-benchmark's pipelined XADD of entries of the same size on the same server.</param>
/// <param name="XreadPerSecond">Entries a second that redis-benchmark reads with XREAD COUNT 500.</param>
/// <param name="RatioToXadd">Drain by XADD.</param>
/// <param name="RatioToXread">Drain by XREAD.</param>
/// <param name="BytesAllocatedPerTransaction">Managed memory the scoring process allocated while it drained, everything in it included.</param>
/// <param name="MicrosecondsPerTransaction">Processor time of the scoring process.</param>
/// <param name="StoreBytesPerTransaction">The store's growth.</param>
/// <param name="FindMilliseconds">Median and slowest of 100 GET /decisions/{id} right after the drain.</param>
internal sealed record DrainResult(
    Machine Machine, DateTimeOffset At, long Transactions, double EntryBytes, double TransactionsPerSecond, IReadOnlyList<double> PerMillion, double XaddPerSecond, double XreadPerSecond,
    double RatioToXadd, double RatioToXread, double BytesAllocatedPerTransaction, double MicrosecondsPerTransaction, double StoreBytesPerTransaction, IReadOnlyList<double> FindMilliseconds);

/// <summary>A backlog in the log, decided and durably stored: all features, both models, duplicates and snapshots on.</summary>
internal static class DrainBenchmark
{
    private const int ShardCount = 16;
    private const int Million = 1_000_000;

    public static async Task RunAsync(long count, ulong seed)
    {
        using var folder = new TemporaryFolder();
        var model = await Models.TrainAsync(folder.Path, seed);
        await using var redis = await PrivateRedis.StartAsync(Path.Combine(folder.Path, "redis"));

        Report.Say($"appending {count:N0} simulated payments");
        await using var client = redis.Client();
        var entryBytes = await Backlog.AppendAsync(new TransactionLog(client, ShardCount), Backlog.Payments(count, seed), count);
        var someIds = Backlog.Payments(count, seed).Take((int)Math.Min(count, Million)).Where((_, i) => i % (Math.Min(count, Million) / 100) == 0).Select(t => t.Id).ToList();

        Report.Say("redis-benchmark on the same server");
        var payload = new string('x', (int)entryBytes);
        var xadd = await redis.BenchmarkAsync(1_000_000, 100, "XADD", "aegis:bench", "*", "b", payload);
        var xread = 500 * await redis.BenchmarkAsync(4_000, 4, "XREAD", "COUNT", "500", "STREAMS", "aegis:bench", "0");
        await client.ExecuteAsync(new Aegis.Streams.Redis.RedisCommand("DEL", "aegis:bench"), CancellationToken.None);

        Report.Say("draining");
        await using var scoring = new ScoringProcess(redis.ConnectionString, Path.Combine(folder.Path, "scoring"), model);
        await scoring.HealthyAsync(TimeSpan.FromMinutes(2));
        var drain = await DrainAsync(scoring, count);
        var find = await FindAsync(scoring, someIds);
        var result = new DrainResult(
            Machine.Here(), TimeProvider.System.GetUtcNow(), count, entryBytes, drain.PerSecond, drain.PerMillion, xadd, xread, drain.PerSecond / xadd, drain.PerSecond / xread,
            drain.Allocated, drain.Microseconds, StoreBytes(folder.Path) / (double)count, find);
        Show(result);
        Report.Write("drain", result);
    }

    private static async Task<(double PerSecond, List<double> PerMillion, double Allocated, double Microseconds)> DrainAsync(ScoringProcess scoring, long count)
    {
        var perMillion = new List<double>();
        long first = 0, decided = 0, mark = 0;
        long started = 0, marked = 0;
        System.Text.Json.JsonElement before = default;
        while (decided < count)
        {
            await Task.Delay(20);
            if (await scoring.StatisticsAsync() is not { Decided: > 0 } statistics)
            {
                continue;
            }

            if (statistics.DeadLetters > 0 || statistics.Duplicates > 0)
            {
                throw new InvalidOperationException($"{statistics.DeadLetters} dead letters and {statistics.Duplicates} duplicates in a clean backlog.");
            }

            decided = statistics.Decided;
            if (started == 0)
            {
                (first, mark, started, marked) = (decided, decided, Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
                before = await scoring.GetAsync("/process");
            }

            if (decided - mark >= Million || (decided == count && decided > mark))
            {
                perMillion.Add((decided - mark) / Stopwatch.GetElapsedTime(marked).TotalSeconds);
                Report.Say($"{decided:N0} decided, {perMillion[^1]:N0}/s");
                (mark, marked) = (decided, Stopwatch.GetTimestamp());
            }
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var after = await scoring.GetAsync("/process");
        var drained = (double)(count - first);
        return (drained / seconds, perMillion, Grown("allocatedBytes") / drained, Grown("processorSeconds") * 1e6 / drained);

        double Grown(string name) => after.GetProperty(name).GetDouble() - before.GetProperty(name).GetDouble();
    }

    private static async Task<IReadOnlyList<double>> FindAsync(ScoringProcess scoring, List<string> ids)
    {
        var times = new List<double>();
        foreach (var id in ids)
        {
            var started = Stopwatch.GetTimestamp();
            (await scoring.Http.GetAsync($"/decisions/{id}")).EnsureSuccessStatusCode();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        times.Sort();
        return [times[times.Count / 2], times[^1]];
    }

    private static double StoreBytes(string folder) => Directory.EnumerateFiles(Path.Combine(folder, "scoring"), "aegis.db*").Sum(file => new FileInfo(file).Length);

    private static void Show(DrainResult result)
    {
        var table = new Table().AddColumns("figure", "value").Border(TableBorder.Markdown);
        table.AddRow("transactions", $"{result.Transactions:N0}, {result.EntryBytes:N0} bytes an entry");
        table.AddRow("decided and stored", $"{result.TransactionsPerSecond:N0}/s");
        table.AddRow("per million", string.Join(" ", result.PerMillion.Select(rate => $"{rate / 1000:N0}k")));
        table.AddRow("redis-benchmark XADD", $"{result.XaddPerSecond:N0}/s; ratio {result.RatioToXadd:N3}");
        table.AddRow("redis-benchmark XREAD", $"{result.XreadPerSecond:N0} entries/s; ratio {result.RatioToXread:N3}");
        table.AddRow("allocated", $"{result.BytesAllocatedPerTransaction:N1} bytes a transaction");
        table.AddRow("processor time", $"{result.MicrosecondsPerTransaction:N2} µs a transaction");
        table.AddRow("store", $"{result.StoreBytesPerTransaction:N0} bytes a transaction");
        table.AddRow("GET /decisions/{id}", $"median {result.FindMilliseconds[0]:N1} ms, slowest of 100 {result.FindMilliseconds[1]:N1} ms");
        AnsiConsole.Write(table);
    }
}
