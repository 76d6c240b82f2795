using System.Diagnostics;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Tests.MachineLearning;
using Aegis.Tests.Streams;
using Microsoft.Extensions.Logging.Abstractions;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed class SnapshotTests(SmallModel small, RedisFixture redis)
    : IClassFixture<SmallModel>, IClassFixture<RedisFixture>, IDisposable
{
    private const int Never = 1_000_000;
    private readonly ShardHarness _harness = new(small);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task TakeOver_FromSnapshotAndLog_RemembersWhatAnUninterruptedWorkerDoes()
    {
        await using var client = redis.Client();
        var log = new TransactionLog(client, SmallModel.Shards);
        var streams = new StreamOptions { ShardCount = SmallModel.Shards };
        var reader = new ShardReader(client, streams, TimeProvider.System);
        var cards = CardsOf(Shard).Take(700).ToArray();
        _harness.PassBarriersElsewhere();
        await AppendAsync(log, cards, from: 0, count: 3_000);

        using var writer = new CommitWriter(_harness.Store);
        var worker = _harness.Worker();
        var snapshots = new SnapshotTaker(worker.State, _harness.Recent, Never);
        await DecideAsync(worker, reader, writer, _harness.Services);
        snapshots.Begin();
        // The shard goes on while its snapshot is taken: what changes meanwhile must not be in it.
        await AppendAsync(log, cards, from: 3_000, count: 1_500);
        Take(snapshots, writer, pieces: 1);
        await DecideAsync(worker, reader, writer, _harness.Services);
        Take(snapshots, writer, int.MaxValue);
        Assert.True(_harness.Store.Shards()[Shard].Snapshot > LogPosition.Start);

        // A second one writes only what has changed.
        await AppendAsync(log, cards[..5], from: 4_500, count: 20);
        await DecideAsync(worker, reader, writer, _harness.Services);
        snapshots.Begin();
        Assert.InRange(Take(snapshots, writer, int.MaxValue), 1, 6);
        await AppendAsync(log, cards, from: 5_000, count: 300);
        await DecideAsync(worker, reader, writer, _harness.Services);

        var services = _harness.NewProcess();
        var successor = await new ShardRecovery(
            _harness.Store, new SnapshotStore(_harness.Store), services.Labels, reader,
            new LogGuard(_harness.Store, new LogMarks(client, streams), reader, streams), services.Workers,
            NullLogger<ShardRecovery>.Instance).TakeOverAsync(Shard, Cancel);
        Assert.True(successor.State.IsWaiting);
        services.Facts.Step();
        Assert.True(successor.State.HasFacts());
        Assert.Equal((worker.State.Position, worker.State.BarrierMs, worker.State.FactsMs), (
            successor.State.Position, successor.State.BarrierMs, successor.State.FactsMs));
        Assert.Equal(worker.State.Fingerprint, successor.State.Fingerprint);
        Assert.Equal(worker.State.Ids.Count, successor.State.Ids.Count);
        await AppendAsync(log, cards, from: 4_400, count: 1);
        await AppendAsync(log, cards, from: 5_000, count: 1);
        Assert.Equal(2, (await DecideAsync(successor, reader, writer, services)).Sum(block => block.Duplicates));
    }

    [Fact]
    public void Snapshot_OfAHundredThousandCards_PausesTheShardForMillisecondsOnly()
    {
        var histories = new ShardHistories(CurrencyRates.Default);
        for (ulong card = 0; card < 100_000; card++)
        {
            histories.Add(new Payment(
                1_700_000_000_000
                + (long)card, 10, 5411, Channel.Chip, RecentPayment.Pack("DE"), StableHash.Mix(card), card % 500, null, null));
        }

        // Some of ten: the machine may be busy with something else.
        var pauses = Enumerable.Range(0, 10).Select(_ => LongestPauseMs(histories)).ToList();
        Assert.True(pauses.Min() <= 20, $"{string.Join(", ", pauses)} ms");
    }

    private static double LongestPauseMs(ShardHistories histories)
    {
        histories.Cards.Touch(0);
        var started = Stopwatch.GetTimestamp();
        histories.Cards.BeginCopy();
        var longest = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        for (var slot = 0; slot < histories.Cards.Count; slot += 100)
        {
            // A payment of a card whose part is not copied yet.
            started = Stopwatch.GetTimestamp();
            histories.Cards.Touch(slot);
            longest = Math.Max(longest, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        while (histories.Cards.TryCopyNext(out var copy))
        {
            copy.Bytes.Return();
        }

        return longest;
    }

    private static Transaction Payment(string[] cards, int number) =>
        TestTransactions.Valid($"s-{number}", cards[number * 31 % cards.Length]) with
    {
        EventTime = TestTransactions.Noon.AddSeconds(number - 10_000), AmountMinor = 100
            + (number * 17 % 9_000), MerchantId = $"m-{number % 90}",
    };

    /// <summary>Appends payments, with a barrier in the middle of them.</summary>
    private static async Task AppendAsync(TransactionLog log, string[] cards, int from, int count)
    {
        var messages = Enumerable.Range(from, count).Select(
            number => new LogMessage([Payment(cards, number)], IsHistory: false, TestTransactions.Noon, TraceParent: null)).ToList();
        await log.AppendAsync(messages[..(count / 2)], Cancel);
        await log.AppendControlAsync(
            ControlEntry.Of(FactBarrier.At(messages[^1].Transactions[0].EventTime.ToUnixTimeMilliseconds(), 10_000)), Cancel);
        await log.AppendAsync(messages[(count / 2)..], Cancel);
    }

    private static async Task<List<DecisionBlock>> DecideAsync(
        ShardWorker worker, ShardReader reader, CommitWriter writer, ShardProcess services)
    {
        var blocks = new List<DecisionBlock>();
        while (await reader.ReadRangeAsync(
            Shard, worker.State.Position, new LogPosition(long.MaxValue, long.MaxValue), 1_000, Cancel) is { } entries)
        {
            foreach (var block in worker.Process(entries, 0))
            {
                writer.Commit([block]);
                blocks.Add(block);
                services.Facts.Step();
            }

            entries.Release();
        }

        return blocks;
    }

    /// <returns>How many pieces were taken.</returns>
    private static int Take(SnapshotTaker snapshots, CommitWriter writer, int pieces)
    {
        var taken = 0;
        for (; taken < pieces && snapshots.TryNext(out var part); taken++)
        {
            writer.Commit([part]);
            part.Return?.Invoke();
        }

        return taken;
    }
}
