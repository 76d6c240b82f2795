using System.Diagnostics;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Servers;
using Aegis.TestRig.Traffic;

namespace Aegis.TestRig.Audits;

/// <summary>Kills scoring processes, the producer and redis-server under load. Then it audits that nothing is lost,
/// nothing counts twice, and everything is as if nothing had happened.</summary>
internal static class Chaos
{
    public const int ShardCount = 16;
    private static readonly TimeSpan DrainLimit = TimeSpan.FromMinutes(5);

    /// <param name="options">How hard to shake.</param>
    /// <param name="folder">The folder for all files.</param>
    /// <param name="model">The path of the bundle.</param>
    /// <param name="say">Receives progress messages.</param>
    public static async Task<ChaosResult> RunAsync(ChaosOptions options, string folder, string model, Action<string> say)
    {
        await using var redis = await PrivateRedis.StartAsync(Path.Combine(folder, "redis"));
        await using var client = redis.Client();
        var store = Path.Combine(folder, "scoring");
        // Snapshots, leases and barriers of facts come as often as possible, so that the kills hit them.
        string[] settings = ["Scoring__SnapshotEntries=1000", "Scoring__FactsIntervalSeconds=1", "Scoring__TrimLog=false"];
        await using var first = new ScoringProcess(redis.ConnectionString, store, model, "a", settings);
        await first.HealthyAsync(TimeSpan.FromMinutes(1));
        await using var second = new ScoringProcess(redis.ConnectionString, store, model, "b", settings);
        await using var producer = new KillableProcess(
            "Aegis.Producer", ["simulate", "--seed", $"{options.Seed}", "--rate", $"{options.Rate}", "--run", "chaos"],
            [$"ConnectionStrings__redis={redis.ConnectionString}"], Path.Combine(folder, "producer.log"));
        var callers = new Callers([first, second], options.Seed + 1) { LabelsOneOf = 8 };
        using var stopping = new CancellationTokenSource();
        var calling = callers.RunAsync(options.Callers, stopping.Token);

        var kills = await ShakeAsync(options, new Dictionary<string, Func<Task>>
        {
            ["scoring a"] = first.Process.KillAndRestartAsync, ["scoring b"] = second.Process.KillAndRestartAsync,
                ["producer"] = producer.KillAndRestartAsync, ["redis"] = redis.KillAndRestartAsync,
        });

        say($"{kills.Values.Sum()} kills; waiting for callers");
        await stopping.CancelAsync();
        await calling;
        say($"{callers.Answers.Count:N0} answers; waiting until all is decided");
        await producer.StopAsync();
        await Task.WhenAll(first.HealthyAsync(DrainLimit), second.HealthyAsync(DrainLimit));
        await first.Process.StopAsync();
        await second.Process.StopAsync();

        // No barriers come after this: both runs can be compared at the end of the log.
        await using var last = new ScoringProcess(
            redis.ConnectionString, store, model, "a", "Scoring__FactsIntervalSeconds=0", "Scoring__TrimLog=false");
        await last.HealthyAsync(DrainLimit);
        var shaken = await DrainedAsync(client, [last]);
        say("auditing");
        await last.Process.StopAsync();

        var progress = await new TransactionLog(client, ShardCount).ProgressAsync($"simulate-{options.Seed}", CancellationToken.None);
        var accepted = Enumerable.Range(1, (int)progress.Highest).Where(number => progress.Has(number))
            .Select(number => $"s{options.Seed}-{number - 1}").Concat(callers.Answers.Keys).ToList();
        var audit = await StoreAudit.RunAsync(client, Path.Combine(store, "aegis.db"), ShardCount, accepted);
        var wrongAnswers = StoreAudit.WrongAnswers(Path.Combine(store, "aegis.db"), callers.Answers);

        say("deciding the same log again, undisturbed");
        // By a new store, to which the log does not belong.
        await client.ExecuteAllAsync(
            [.. Enumerable.Range(0, ShardCount).Select(shard => new RedisCommand("DEL", StreamKeys.Mark(shard)))], CancellationToken.None);
        await using var clean = new ScoringProcess(
            redis.ConnectionString, Path.Combine(folder, "clean"), model, "clean", "Scoring__FactsIntervalSeconds=0",
            "Scoring__TrimLog=false");
        await clean.HealthyAsync(DrainLimit);
        var undisturbed = await DrainedAsync(client, [clean]);
        await clean.Process.StopAsync();
        var differences = StoreAudit.Differences(Path.Combine(store, "aegis.db"), Path.Combine(folder, "clean", "aegis.db"));
        return new ChaosResult(
            Machine.Here(), TimeProvider.System.GetUtcNow(), options.Duration.TotalMinutes, kills.Values.Sum(), kills, accepted.Count,
            audit.Decided, audit.Lost, audit.Duplicated, audit.WrongPositions,
            wrongAnswers, audit.DeadLetters, audit.Labels, differences, shaken.Count == ShardCount
                && shaken.All(shard => undisturbed[shard.Key] == shard.Value));
    }

    /// <returns>The number of kills of each victim.</returns>
    private static async Task<Dictionary<string, int>> ShakeAsync(ChaosOptions options, Dictionary<string, Func<Task>> victims)
    {
        var random = SeededRandom.For(options.Seed, item: 0, part: 78);
        var moments = Enumerable.Range(0, options.Kills).Select(_ => random.NextDouble() * options.Duration.TotalSeconds).Order().ToList();
        var names = victims.Keys.ToArray();
        var kills = names.ToDictionary(name => name, _ => 0);
        var started = Stopwatch.GetTimestamp();
        foreach (var moment in moments)
        {
            if (TimeSpan.FromSeconds(moment) - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait);
            }

            var victim = names[random.NextInt(names.Length)];
            await victims[victim]();
            kills[victim]++;
        }

        if (options.Duration - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest);
        }

        return kills;
    }

    /// <summary>Waits until every shard stands at its log's end and waits for no facts. Returns the position and the
    /// history hash of each.</summary>
    public static async Task<Dictionary<int, (string Position, string Fingerprint)>> DrainedAsync(
        RedisClient redis, IReadOnlyList<ScoringProcess> services)
    {
        var reader = new ShardReader(redis, new StreamOptions(), TimeProvider.System);
        for (var started = Stopwatch.GetTimestamp(); ; await Task.Delay(500))
        {
            // Barriers may still come.
            var ends = new Dictionary<int, string>();
            for (var shard = 0; shard < ShardCount; shard++)
            {
                ends[shard] = $"{await reader.LastPositionAsync(shard, CancellationToken.None) ?? LogPosition.Start}";
            }

            var shards = (await Task.WhenAll(services.Select(service => service.FingerprintsAsync()))).SelectMany(owned => owned)
                .GroupBy(shard => shard.Key).ToDictionary(group => group.Key, group => group.First().Value);
            if (ends.All(end => shards.TryGetValue(end.Key, out var shard) && shard.Position == end.Value))
            {
                return shards;
            }

            if (Stopwatch.GetElapsedTime(started) > DrainLimit)
            {
                var behind = ends.Where(end => !shards.TryGetValue(end.Key, out var shard) || shard.Position != end.Value)
                    .Select(end => $"{end.Key} at {shards.GetValueOrDefault(end.Key).Position} of {end.Value}");
                throw new InvalidOperationException($"Not drained after {DrainLimit}: shard {string.Join(", ", behind)}.");
            }
        }
    }
}
