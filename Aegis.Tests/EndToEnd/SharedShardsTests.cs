using System.Diagnostics;
using System.Net.Http.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.TestRig;
using Aegis.TestRig.Audits;
using Aegis.TestRig.Processes;
using Aegis.TestRig.Servers;
using Aegis.TestRig.Traffic;

namespace Aegis.Tests.EndToEnd;

public sealed class SharedShardsTests : IAsyncLifetime
{
    private const int Shards = 16;
    private readonly string _folder = Repository.TemporaryFolder();
    private PrivateRedis _redis = null!;
    private string _model = "";

    public async ValueTask InitializeAsync()
    {
        _model = await Models.TrainAsync(_folder, 1);
        _redis = await PrivateRedis.StartAsync(Path.Combine(_folder, "redis"));
    }

    public async ValueTask DisposeAsync()
    {
        await _redis.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task TwoProcesses_ShareShardsEvenly_AndHandThemOverOnStopAndOnKill()
    {
        await using var a = Start("a");
        await a.HealthyAsync(TimeSpan.FromSeconds(60));
        await UntilAsync(TimeSpan.FromSeconds(2), async () => (await OwnedAsync(a)).Count == Shards);

        var b = Start("b");
        await b.HealthyAsync(TimeSpan.FromSeconds(60));
        await UntilAsync(
            TimeSpan.FromSeconds(5), async () => (await OwnedAsync(a)).Count == Shards / 2 && (await OwnedAsync(b)).Count == Shards / 2);
        Assert.Empty((await OwnedAsync(a)).Intersect(await OwnedAsync(b)));

        // Whoever is asked, the owner decides and the answer comes back; and whoever is asked next finds it.
        for (var i = 0; i < 2 * Shards; i++)
        {
            var (asked, other) = i % 2 == 0 ? (a, b) : (b, a);
            await DecideAsync(asked, $"shared-{i}");
            Assert.NotNull(await other.Api.FindDecisionAsync($"shared-{i}"));
        }

        await b.Process.StopAsync();
        await UntilAsync(TimeSpan.FromSeconds(2), async () => (await OwnedAsync(a)).Count == Shards);
        await b.DisposeAsync();

        await using var c = Start("c");
        await c.HealthyAsync(TimeSpan.FromSeconds(60));
        await UntilAsync(TimeSpan.FromSeconds(5), async () => (await OwnedAsync(a)).Count == Shards / 2);
        await a.Process.KillAsync();
        await UntilAsync(TimeSpan.FromSeconds(5), async () => (await OwnedAsync(c)).Count == Shards);
        for (var i = 0; i < Shards; i++)
        {
            await DecideAsync(c, $"after-{i}");
        }

        await UntilAsync(TimeSpan.FromSeconds(2), async () => (await c.StatisticsAsync())!.Decided == 3 * Shards);
    }

    [Fact]
    public async Task OwnerThatWasPausedForLongerThanItsLeases_IsFenced_AndNothingIsDecidedTwice()
    {
        await using var a = Start("a", "Scoring__TrimLog=false");
        await a.HealthyAsync(TimeSpan.FromSeconds(60));
        await using var b = Start("b", "Scoring__TrimLog=false");
        await b.HealthyAsync(TimeSpan.FromSeconds(60));
        var callers = new Callers([a, b], seed: 5);
        using var stopping = new CancellationTokenSource();
        var calling = callers.RunAsync(count: 4, stopping.Token);
        for (var round = 0; round < 2; round++)
        {
            // Busy, however slow the machine is just now.
            var until = callers.Answers.Count + 60;
            await UntilAsync(TimeSpan.FromSeconds(60), () => Task.FromResult(callers.Answers.Count >= until));
            await a.Process.SignalAsync("STOP");
            await Task.Delay(5_000);
            await a.Process.SignalAsync("CONT");
        }

        await Task.Delay(1_500);
        await stopping.CancelAsync();
        await calling.WaitAsync(TimeSpan.FromSeconds(30));
        await using var client = _redis.Client();
        await Chaos.DrainedAsync(client, [a, b]);
        await UntilAsync(TimeSpan.FromSeconds(5), async () => (await OwnedAsync(a)).Count == Shards / 2);
        // Ids are recognised by whoever owns their shard now.
        foreach (var id in callers.Answers.Keys.Take(20))
        {
            Assert.Equal(callers.Answers[id].Position, (
                await (await b.Http.GetAsync($"/decisions/{id}")).Content.ReadFromJsonAsync<Decision>(AegisJson.Options))!.Position);
        }

        await a.Process.StopAsync();
        await b.Process.StopAsync();
        var store = Path.Combine(_folder, "scoring", "aegis.db");
        var audit = await StoreAudit.RunAsync(client, store, Shards, [.. callers.Answers.Keys]);
        Assert.True(audit is { Lost: 0, Duplicated: 0, WrongPositions: 0, DeadLetters: 0 }
            && callers.Answers.Count > 100, $"{audit}, {callers.Answers.Count} answers");
        Assert.Equal(0, StoreAudit.WrongAnswers(store, callers.Answers));
    }

    [Fact]
    public async Task OneIdOnTwoCardsOfTwoProcesses_IsDecidedOnce()
    {
        const int Pairs = 400;
        await using var a = Start("a");
        await using var b = Start("b");
        await a.HealthyAsync(TimeSpan.FromSeconds(60));
        await b.HealthyAsync(TimeSpan.FromSeconds(60));
        await UntilAsync(
            TimeSpan.FromSeconds(10), async () => (await OwnedAsync(a)).Count == Shards / 2 && (await OwnedAsync(b)).Count == Shards / 2);
        var cards = await CardsOfAsync(a);
        var otherCards = await CardsOfAsync(b);
        await Parallel.ForEachAsync(Enumerable.Range(0, Pairs), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (pair, cancel) =>
            await Task.WhenAll(
                PostAsync(a, $"pair-{pair}", cards[pair % cards.Count], cancel), PostAsync(
                    b, $"pair-{pair}", otherCards[pair % otherCards.Count], cancel)));

        await using var client = _redis.Client();
        await Chaos.DrainedAsync(client, [a, b]);
        await UntilAsync(
            TimeSpan.FromSeconds(20), async () =>
            await a.StatisticsAsync() is { Decided: Pairs, DeadLetters: var letters } && letters <= Pairs);
        foreach (var pair in Enumerable.Range(0, Pairs))
        {
            using var refused = await a.Http.PostAsJsonAsync(
                "/decisions", TransactionRequest.Of(Payment($"pair-{pair}", "a-third-card")), AegisJson.Options);
            Assert.Equal(System.Net.HttpStatusCode.Conflict, refused.StatusCode);
        }

        await a.Process.StopAsync();
        await b.Process.StopAsync();
        var audit = await StoreAudit.RunAsync(
            client, Path.Combine(_folder, "scoring", "aegis.db"), Shards, [.. Enumerable.Range(0, Pairs).Select(pair => $"pair-{pair}")]);
        Assert.True(audit is { Decided: Pairs, Lost: 0, Duplicated: 0 }, $"{audit}");
    }

    [Fact]
    public async Task SecondStartOfTheSameInstance_TakesOver_AndTheFirstStops()
    {
        await using var first = Start("same");
        await first.HealthyAsync(TimeSpan.FromSeconds(60));
        await using var second = Start("same");
        await second.HealthyAsync(TimeSpan.FromSeconds(60));
        await UntilAsync(TimeSpan.FromSeconds(10), () => Task.FromResult(first.Process.HasExited));
        await UntilAsync(TimeSpan.FromSeconds(5), async () => (await OwnedAsync(second)).Count == Shards);
    }

    private ScoringProcess Start(string instance, params string[] settings) =>
        new(_redis.ConnectionString, Path.Combine(_folder, "scoring"), _model, instance, settings);

    private static async Task<List<int>> OwnedAsync(ScoringProcess scoring) =>
        [.. (await scoring.Api.ShardsAsync()).Select(shard => shard.Shard)];

    private static async Task DecideAsync(ScoringProcess scoring, string id) =>
        Assert.Equal(id, (await scoring.Api.DecideAsync(TransactionRequest.Of(Payment(id, $"card-{id}")))).Transaction.Id);

    private static Transaction Payment(string id, string card) =>
        TestTransactions.Valid(
            id, card) with { EventTime = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()) };

    /// <summary>A card for each of the shards that a process owns.</summary>
    private static async Task<List<string>> CardsOfAsync(ScoringProcess scoring)
    {
        var owned = await OwnedAsync(scoring);
        return [.. owned.Select(
            shard => Enumerable.Range(0, 10_000).Select(i => $"card-{i}").First(card => StableHash.ShardOf(card, Shards) == shard))];
    }

    private static async Task PostAsync(ScoringProcess scoring, string id, string card, CancellationToken cancel)
    {
        // Answered, refused as a conflict, or asked to come again while a shard decides anew: what counts is what is stored.
        using var response = await scoring.Http.PostAsJsonAsync(
            "/decisions", TransactionRequest.Of(Payment(id, card)), AegisJson.Options, cancel);
    }

    private static async Task UntilAsync(TimeSpan limit, Func<Task<bool>> condition)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < limit, $"not within {limit}");
            await Task.Delay(50);
        }
    }
}
