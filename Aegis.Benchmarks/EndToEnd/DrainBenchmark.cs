using System.Diagnostics;
using Aegis.Streams.Appending;
using Aegis.TestRig;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Servers;
using Aegis.TestRig.Traffic;
using Spectre.Console;

namespace Aegis.Benchmarks.EndToEnd;

/// <summary>How the benchmark writes and drains a backlog.</summary>
/// <param name="Frame">Transactions per entry, 1 or more.</param>
/// <param name="Processes">Scoring processes that share the shards.</param>
/// <param name="Rules">Live rules.</param>
/// <param name="ListEntries">Entries of lists.</param>
internal sealed record DrainSetting(int Frame, int Processes, int Rules = 0, int ListEntries = 0)
{
    /// <summary>The setting that others are compared with.</summary>
    public static DrainSetting Plain { get; } = new(1, 1);

    /// <summary>Name of the result's file.</summary>
    public string Name => "drain" + (Frame > 1 ? $"-frame-{Frame}" : "") + (Processes > 1 ? $"-processes-{Processes}" : "")
        + (Rules > 0 ? $"-rules-{Rules}" : "") + (ListEntries > 0 ? $"-entries-{ListEntries}" : "");
}

/// <summary>Result of a drain; <c>artifacts/bench/drain.json</c>.</summary>
/// <param name="Machine">The machine that ran it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Setting">How the backlog was written and drained.</param>
/// <param name="Transactions">Size of the backlog.</param>
/// <param name="EntryBytes">Mean size of an entry.</param>
/// <param name="TransactionsPerSecond">Transactions decided and stored a second, from the first commit seen to the last.</param>
/// <param name="PerMillion">The rate of each million.</param>
/// <param name="RatioToPlain">This rate divided by the mean of the plain ones before and after it in the same run; null
/// for a plain one.</param>
/// <param name="XaddPerSecond">Pipelined XADDs a second by redis-benchmark on the plain drain's server, with entries of
/// one transaction.</param>
/// <param name="XreadPerSecond">Entries a second that redis-benchmark reads with XREAD COUNT 500.</param>
/// <param name="RatioToXadd">Drain rate divided by the XADD rate.</param>
/// <param name="RatioToXread">Drain rate divided by the XREAD rate.</param>
/// <param name="BytesAllocatedPerTransaction">All managed memory that the scoring processes allocated while they drained.</param>
/// <param name="MicrosecondsPerTransaction">Processor time of the scoring processes.</param>
/// <param name="RedisMicrosecondsPerTransaction">Processor time of redis-server during the drain.</param>
/// <param name="StoreBytesPerTransaction">Growth of the store.</param>
/// <param name="FindMilliseconds">Median and slowest of 100 GET /decisions/{id} right after the drain.</param>
internal sealed record DrainResult(
    Machine Machine, DateTimeOffset At, DrainSetting Setting, long Transactions, double EntryBytes, double TransactionsPerSecond,
    IReadOnlyList<double> PerMillion, double? RatioToPlain, double XaddPerSecond, double XreadPerSecond,
    double RatioToXadd, double RatioToXread, double BytesAllocatedPerTransaction, double MicrosecondsPerTransaction,
    double RedisMicrosecondsPerTransaction, double StoreBytesPerTransaction, IReadOnlyList<double> FindMilliseconds);

/// <summary>Measures how fast scoring decides and durably stores a backlog: all features, all detectors, duplicates and
/// snapshots on.</summary>
internal static class DrainBenchmark
{
    private const int ShardCount = 16;
    private const int Million = 1_000_000;

    /// <summary>Drains with the plain setting, then with the given one if it differs.</summary>
    public static async Task RunAsync(long count, ulong seed, DrainSetting setting)
    {
        using var folder = new TemporaryFolder();
        Report.Say("training the model");
        var model = await Models.TrainAsync(folder.Path, seed);
        var plain = await MeasureAsync(count, seed, DrainSetting.Plain, Path.Combine(folder.Path, "plain"), model, plain: null);
        Publish(plain);
        if (setting == DrainSetting.Plain)
        {
            return;
        }

        // A later drain is slower than the first of a run, so the plain one is measured on both sides of the other.
        var other = await MeasureAsync(count, seed, setting, Path.Combine(folder.Path, "other"), model, plain);
        var again = await MeasureAsync(count, seed, DrainSetting.Plain, Path.Combine(folder.Path, "again"), model, plain);
        Publish(other with
            { RatioToPlain = 2 * other.TransactionsPerSecond / (plain.TransactionsPerSecond + again.TransactionsPerSecond) });
    }

    private static void Publish(DrainResult result)
    {
        Show(result);
        Report.Write(result.Setting.Name, result);
    }

    private static async Task<DrainResult> MeasureAsync(
        long count, ulong seed, DrainSetting setting, string folder, string model, DrainResult? plain)
    {
        await using var redis = await PrivateRedis.StartAsync(Path.Combine(folder, "redis"));
        if (setting.Rules + setting.ListEntries > 0)
        {
            await using var first = new ScoringProcess(redis.ConnectionString, Path.Combine(folder, "scoring"), model, "scoring-0");
            await first.HealthyAsync(TimeSpan.FromMinutes(2));
            await DrainRules.UseAsync(first.Api, setting.Rules, setting.ListEntries);
        }

        Report.Say($"appending {count:N0} simulated payments in entries of {setting.Frame}");
        await using var client = redis.Client();
        var entryBytes = await Backlog.AppendAsync(
            new TransactionLog(client, ShardCount), Backlog.Payments(count, seed), count, setting.Frame);
        var someIds = Backlog.Payments(count, seed).Take((int)Math.Min(count, Million))
            .Where((_, i) => i % (Math.Min(count, Million) / 100) == 0).Select(t => t.Id).ToList();
        var (xadd, xread) = plain is null ? await BareAsync(redis, (int)entryBytes) : (plain.XaddPerSecond, plain.XreadPerSecond);

        Report.Say($"draining by {setting.Processes}");
        var processes = new List<ScoringProcess>();
        try
        {
            for (var number = 0; number < setting.Processes; number++)
            {
                processes.Add(new ScoringProcess(redis.ConnectionString, Path.Combine(folder, "scoring"), model, $"scoring-{number}"));
                // The first process creates the store.
                await processes[^1].HealthyAsync(TimeSpan.FromMinutes(2));
            }

            var drain = await DrainAsync(processes, redis, count);
            var find = await FindAsync(processes[0], someIds);
            return new DrainResult(
                Machine.Here(), TimeProvider.System.GetUtcNow(), setting, count, entryBytes, drain.PerSecond, drain.PerMillion,
                RatioToPlain: null, xadd, xread,
                drain.PerSecond / xadd, drain.PerSecond / xread, drain.Used.AllocatedBytes, drain.Used.Seconds * 1e6,
                drain.Used.RedisSeconds * 1e6, StoreBytes(folder) / (double)count, find);
        }
        finally
        {
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }
        }
    }

    /// <summary>Measures the server alone, without scoring.</summary>
    private static async Task<(double Xadd, double Xread)> BareAsync(PrivateRedis redis, int entryBytes)
    {
        Report.Say("redis-benchmark on the same server");
        var xadd = await redis.BenchmarkAsync(1_000_000, 100, "XADD", "aegis:bench", "*", "b", new string('x', entryBytes));
        var xread = 500 * await redis.BenchmarkAsync(4_000, 4, "XREAD", "COUNT", "500", "STREAMS", "aegis:bench", "0");
        await using var client = redis.Client();
        await client.ExecuteAsync(new Aegis.Streams.Redis.RedisCommand("DEL", "aegis:bench"), CancellationToken.None);
        return (xadd, xread);
    }

    private static async Task<(double PerSecond, List<double> PerMillion, Usage Used)> DrainAsync(
        List<ScoringProcess> processes, PrivateRedis redis, long count)
    {
        var perMillion = new List<double>();
        long first = 0, decided = 0, mark = 0;
        long started = 0, marked = 0;
        var before = new Usage(0, 0, 0);
        while (decided < count)
        {
            await Task.Delay(20);
            if (await processes[0].StatisticsAsync() is not { Decided: > 0 } statistics)
            {
                continue;
            }

            if (statistics.DeadLetters > 0 || statistics.Duplicates > 0)
            {
                throw new InvalidOperationException(
                    $"{statistics.DeadLetters} dead letters and {statistics.Duplicates} duplicates in a clean backlog.");
            }

            decided = statistics.Decided;
            if (started == 0)
            {
                (first, mark, started, marked) = (decided, decided, Stopwatch.GetTimestamp(), Stopwatch.GetTimestamp());
                before = await UsageAsync(processes, redis);
            }

            if (decided - mark >= Million || (decided == count && decided > mark))
            {
                perMillion.Add((decided - mark) / Stopwatch.GetElapsedTime(marked).TotalSeconds);
                Report.Say($"{decided:N0} decided, {perMillion[^1]:N0}/s");
                (mark, marked) = (decided, Stopwatch.GetTimestamp());
            }
        }

        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var after = await UsageAsync(processes, redis);
        var drained = (double)(count - first);
        return (drained / seconds, perMillion, after.Since(before, drained));
    }

    private static async Task<Usage> UsageAsync(List<ScoringProcess> processes, PrivateRedis redis)
    {
        var usages = await Task.WhenAll(processes.Select(process => process.Api.ProcessAsync()));
        return new Usage(
            usages.Sum(usage => (double)usage.AllocatedBytes), usages.Sum(usage => usage.ProcessorSeconds),
            await redis.ProcessorSecondsAsync());
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

    private sealed record Usage(double AllocatedBytes, double Seconds, double RedisSeconds)
    {
        public Usage Since(Usage before, double each) =>
            new((AllocatedBytes - before.AllocatedBytes) / each, (Seconds - before.Seconds) / each, (
            RedisSeconds - before.RedisSeconds) / each);
    }

    private static double StoreBytes(string folder) =>
        Directory.EnumerateFiles(Path.Combine(folder, "scoring"), "aegis.db*").Sum(file => new FileInfo(file).Length);

    private static void Show(DrainResult result)
    {
        var table = new Table().AddColumns("figure", "value").Border(TableBorder.Markdown);
        table.AddRow("transactions", $"{result.Transactions:N0}, entries of {result.Setting.Frame} and {result.EntryBytes:N0} bytes, processes: {result.Setting.Processes}, rules: {result.Setting.Rules}");
        table.AddRow("decided and stored", $"{result.TransactionsPerSecond:N0}/s{(result.RatioToPlain is { } ratio ? $"; {ratio:N3} of the plain drains before and after" : "")}");
        table.AddRow("per million", string.Join(" ", result.PerMillion.Select(rate => $"{rate / 1000:N0}k")));
        table.AddRow("redis-benchmark XADD", $"{result.XaddPerSecond:N0}/s; ratio {result.RatioToXadd:N3}");
        table.AddRow("redis-benchmark XREAD", $"{result.XreadPerSecond:N0} entries/s; ratio {result.RatioToXread:N3}");
        table.AddRow("allocated", $"{result.BytesAllocatedPerTransaction:N1} bytes a transaction");
        table.AddRow("processor time",
            $"{result.MicrosecondsPerTransaction:N2} µs a transaction; redis-server {result.RedisMicrosecondsPerTransaction:N2}");
        table.AddRow("store", $"{result.StoreBytesPerTransaction:N0} bytes a transaction");
        table.AddRow("GET /decisions/{id}",
            $"median {result.FindMilliseconds[0]:N1} ms, slowest of 100 {result.FindMilliseconds[1]:N1} ms");
        AnsiConsole.Write(table);
    }
}
