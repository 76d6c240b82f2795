using System.Net.Http.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Microsoft.Extensions.Logging.Abstractions;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed class TrimmingTests(SmallModel small, RedisFixture redis)
    : EmptyLogTests(redis), IClassFixture<SmallModel>, IClassFixture<RedisFixture>
{
    private static readonly StreamOptions Streams = new() { ShardCount = SmallModel.Shards };

    [Fact]
    public async Task Recovery_AfterTrimmingToTheSnapshot_RemembersWhatTheOwnerDid()
    {
        using var harness = new ShardHarness(small);
        var worker = await RunAsync(harness, entries: 1_000, snapshotAfter: 700);
        var snapshot = harness.Store.Shards()[Shard].Snapshot;
        Assert.True(await new TransactionLog(Redis, SmallModel.Shards).TrimAsync(Shard, snapshot, CancellationToken.None) > 500);
        var recovered = await Recovery(harness).TakeOverAsync(Shard, CancellationToken.None);
        Assert.Equal(worker.State.Histories.Fingerprint(), recovered.State.Histories.Fingerprint());
        Assert.Equal((worker.State.Position, worker.State.Ids.Count), (recovered.State.Position, recovered.State.Ids.Count));
    }

    [Theory]
    [InlineData(700, 701)]
    [InlineData(700, 1_000)]
    [InlineData(0, 2)]
    public async Task Recovery_WhereTheLogBeginsTooLate_IsRefused(int snapshotAfter, int firstLeft)
    {
        using var harness = new ShardHarness(small);
        await RunAsync(harness, entries: 1_000, snapshotAfter);
        await Redis.ExecuteAsync(
            new RedisCommand("XTRIM", StreamKeys.Log(Shard), "MINID", "=", At(firstLeft).ToString()), CancellationToken.None);
        var error = await Assert.ThrowsAsync<LogBrokenException>(() => Recovery(harness).TakeOverAsync(Shard, CancellationToken.None));
        Assert.Contains($"begins at {At(firstLeft)}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recovery_WhereTheLogIsGone_IsRefused()
    {
        using var harness = new ShardHarness(small);
        await RunAsync(harness, entries: 1_000, snapshotAfter: 1_000);
        await Redis.ExecuteAsync(new RedisCommand("FLUSHALL"), CancellationToken.None);
        var error = await Assert.ThrowsAsync<LogBrokenException>(() => Recovery(harness).TakeOverAsync(Shard, CancellationToken.None));
        Assert.Contains("is empty", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunningService_TrimsItsLogAndRemembersTheSameAfterARestart()
    {
        const int Count = 21_000;
        string[] settings = ["Scoring:SnapshotEntries=1000", "Scoring:RememberedIds=100000"];
        string before;
        await using (var host = await ScoringHost.StartAsync(small, Server, Folder, settings))
        {
            var log = new TransactionLog(Redis, SmallModel.Shards);
            foreach (var part in Enumerable.Range(0, Count).Chunk(500))
            {
                await log.AppendAsync([.. part.Select(Message)], CancellationToken.None);
            }

            await host.DecidedAsync(Count);
            await ScoringHost.EventuallyAsync(async () => await LengthAsync() < Count / 2, "half of the log is trimmed");
            // Two rounds of trimming: had it gone beyond a snapshot, it would have by now.
            await Task.Delay(2_500);
            before = await FingerprintsAsync(host);
        }

        foreach (var (shard, state) in Store.Open(Path.Combine(Folder, "store", "aegis.db"), SmallModel.Shards).Shards())
        {
            var extent = await new ShardReader(Redis, Streams, TimeProvider.System).ExtentAsync(shard, CancellationToken.None);
            Assert.True(extent is { IsTrimmed: true, First: { } first } && first <= state.Snapshot, $"shard {shard}: {extent}, {state}");
        }

        await using (var host = await ScoringHost.StartAsync(small, Server, Folder, settings))
        {
            await ScoringHost.EventuallyAsync(async () => (await host.Http.GetAsync("/health")).IsSuccessStatusCode, "healthy");
            Assert.Equal(before, await FingerprintsAsync(host));
            await new TransactionLog(Redis, SmallModel.Shards).AppendAsync(Message(Count), CancellationToken.None);
            await host.DecidedAsync(Count + 1);
            Assert.True(await host.StatisticsAsync() is { Decided: Count + 1, Duplicates: 0, DeadLetters: 0 });
        }
    }

    private static LogMessage Message(int i) => new([TestTransactions.Number(i)], IsHistory: false, TestTransactions.Noon, null);

    private static LogPosition At(int entry) => new(TestTransactions.Noon.AddHours(1).ToUnixTimeMilliseconds(), entry);

    private static async Task<string> FingerprintsAsync(ScoringHost host)
    {
        List<ShardReport> shards = [];
        await ScoringHost.EventuallyAsync(async () =>
        {
            shards = (await host.Http.GetFromJsonAsync<List<ShardReport>>("/shards?fingerprint=true", AegisJson.Options))!;
            return shards.Count == SmallModel.Shards;
        }, "every shard is read");
        return string.Join(' ', shards.Select(shard => $"{shard.Shard}:{shard.Position}:{shard.Fingerprint}:{shard.Ids}"));
    }

    private async Task<long> LengthAsync() => (await Redis.ExecuteAllAsync(
        [.. Enumerable.Range(0, SmallModel.Shards).Select(shard => new RedisCommand("XLEN", StreamKeys.Log(shard)))],
        CancellationToken.None)).Sum(reply => (long)reply);

    private ShardRecovery Recovery(ShardHarness harness)
    {
        var services = harness.NewProcess();
        var reader = new ShardReader(Redis, Streams, TimeProvider.System);
        return new(
            harness.Store, new SnapshotStore(harness.Store), services.Labels, reader,
            new LogGuard(harness.Store, new LogMarks(Redis, Streams), reader, Streams), services.Workers,
            NullLogger<ShardRecovery>.Instance);
    }

    /// <summary>Decides and commits entries numbered from 1, which stand in Redis too, with a snapshot on the way; none where that is
    /// 0.</summary>
    private async Task<ShardWorker> RunAsync(ShardHarness harness, int entries, int snapshotAfter)
    {
        var worker = harness.Worker();
        using var writer = new CommitWriter(harness.Store);
        var cards = CardsOf(Shard).Take(40).ToArray();
        var all = Enumerable.Range(0, entries).Select(i => harness.Entry(
            TestTransactions.Valid($"t-{i}", cards[i % 40], TestTransactions.Noon.AddSeconds(i), 1_000 + (i * 37 % 5_000)))).ToArray();
        await Redis.ExecuteAllAsync(
            [.. all.Select(entry => new RedisCommand("XADD", StreamKeys.Log(Shard), entry.Item1.ToString(), entry.Item2, entry.Item3))],
            CancellationToken.None);
        writer.Commit([.. Process(worker, all[..snapshotAfter])]);
        if (snapshotAfter > 0)
        {
            var snapshots = new SnapshotTaker(worker.State, harness.Recent, 1);
            snapshots.Begin();
            while (snapshots.TryNext(out var part))
            {
                writer.Commit([part]);
            }
        }

        writer.Commit([.. Process(worker, all[snapshotAfter..])]);
        return worker;
    }
}
