using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Producer;
using Aegis.Streams;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Tests.Streams;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aegis.Tests.Producer;

public sealed class TransactionProducerTests(RedisFixture redis) : EmptyLogTests(redis), IClassFixture<RedisFixture>
{
    private const int Shards = 4;
    private const string Name = "p";
    private const long Hour = ShardedHistories.FactIntervalMs;
    private static readonly Pace FullSpeed = new(double.PositiveInfinity, Speed: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_AfterABatchThatReachedSomeShardsOnly_SendsTheRestOnce(bool isSourceChanged)
    {
        // A source in real time makes other payments of the same numbers when it is asked again: of other cards, in other shards.
        var log = new TransactionLog(Redis, Shards);
        Assert.Equal(100, await Producer(log).RunAsync(Items(1, 100), CancellationToken.None));
        var cutOff = Batches(Items(101, 140)).OrderBy(batch => batch.Shard).ToList();
        await log.AppendAsync(cutOff[..2], await log.ProgressAsync(Name, CancellationToken.None), CancellationToken.None);
        // Another start gets to one shard more, and no further.
        var rest = (await log.ProgressAsync(Name, CancellationToken.None)) is var known
            ? Items(101, 140, isSourceChanged).Where(item => !known.Has(item.Number))
            : [];
        await log.AppendAsync(
            [Batches(rest).MinBy(batch => batch.Shard)!], await log.ProgressAsync(Name, CancellationToken.None), CancellationToken.None);

        var producer = Producer(log);
        var progress = await producer.ProgressAsync(CancellationToken.None);
        await producer.RunAsync(
            Items(progress.Complete + 1, 300, isSourceChanged).Where(item => !progress.Has(item.Number)), CancellationToken.None);
        var entries = await WholeLog.ReadAsync(Redis, Shards);
        Assert.Equal(Enumerable.Range(1, 300).Select(i => $"t-{i}").Order(StringComparer.Ordinal), entries.SelectMany(WholeLog.Ids)
            .Order(StringComparer.Ordinal));
        Assert.Equal(300, (await log.ProgressAsync(Name, CancellationToken.None)).Highest);
        if (!isSourceChanged)
        {
            Assert.All(entries, shard => Assert.Equal(Numbers(shard).Order(), Numbers(shard)));
        }
    }

    [Fact]
    public async Task Run_WhileRedisIsKilled_GoesOnAndSendsEachOnceInOrder()
    {
        const int Count = 30_000;
        await using var own = new RedisFixture();
        await own.InitializeAsync();
        await using var client = own.Client();
        var log = new TransactionLog(client, Shards);
        var running = Producer(log, new Pace(Rate: 10_000, Speed: 1)).RunAsync(Items(1, Count), CancellationToken.None);
        for (var kill = 0; kill < 3; kill++)
        {
            await Task.Delay(700);
            await own.KillAsync();
            await own.RestartAsync();
        }

        Assert.Equal(Count, await running.WaitAsync(TimeSpan.FromSeconds(60)));
        var entries = await WholeLog.ReadAsync(client, Shards);
        Assert.Equal(Count, entries.Sum(shard => shard.Count));
        Assert.All(entries, shard => Assert.Equal(Numbers(shard).Order(), Numbers(shard)));
        Assert.Equal(Count, entries.SelectMany(Numbers).Distinct().Count());
    }

    [Fact]
    public async Task Run_InFrames_SharesEntriesAndKeepsTheOrder()
    {
        var log = new TransactionLog(Redis, Shards);
        await Producer(log, largestFrame: 64).RunAsync(Items(1, 5_000), CancellationToken.None);
        var entries = await WholeLog.ReadAsync(Redis, Shards);
        Assert.Equal(Enumerable.Range(1, 5_000).Select(i => (long)i), entries.SelectMany(Numbers).Order());
        Assert.All(entries, shard => Assert.Equal(Numbers(shard).Order(), Numbers(shard)));
        var sizes = entries.SelectMany(shard => shard).Select(entry => entry.Transactions.Count).ToList();
        Assert.Equal(64, sizes.Max());
        Assert.InRange(sizes.Count, 5_000 / 64, 5_000 / 25);
    }

    [Fact]
    public async Task Run_WithHistories_PutsEachCardsHistoryBeforeItsPayment()
    {
        var log = new TransactionLog(Redis, Shards);
        await Producer(log, largestFrame: 64)
            .RunAsync(Items(1, 50).Select(item => item with { History = Past(item.Transaction, 30) }), CancellationToken.None);
        foreach (var entry in (await WholeLog.ReadAsync(Redis, Shards)).SelectMany(shard => shard.Chunk(2)))
        {
            Assert.Equal([(true, 30), (false, 1)], entry.Select(message => (message.IsHistory, message.Transactions.Count)));
            Assert.Single(entry.SelectMany(message => message.Transactions).Select(t => t.CardToken).Distinct());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public async Task Run_WithBarriers_PutsOneBeforeEachHourInEveryShard_AlsoWhereItWasCutOffBefore(int largestFrame)
    {
        // Some payments are hours late, and some hours have none in some shards.
        var items = Enumerable.Range(1, 400).Select(i => new ProducedItem(
            i, TestTransactions.Valid(
                $"t-{i}", $"card-{i * 7 % 97}") with { EventTime = TestTransactions.Noon.AddMinutes(20 * (i + (i % 9 == 0 ? -8 : 0))) },
                [])).ToList();
        var log = new TransactionLog(Redis, Shards);
        Assert.Equal(100, await Producer(log, null, largestFrame, Hour).RunAsync(items[..100], CancellationToken.None));
        // What follows reached two shards only: as a producer would have it, barriers included.
        var cutOff = new Dictionary<int, ShardBatch>();
        foreach (var (item, barrier) in items[100..300].Zip(Barriers(items).Skip(100)))
        {
            for (var shard = 0; shard < 2; shard++)
            {
                cutOff.TryAdd(shard, new ShardBatch(shard, largestFrame, Name));
                cutOff[shard].Add(barrier);
                if (StableHash.ShardOf(item.Transaction.CardToken, Shards) == shard)
                {
                    cutOff[shard].Add(item.Number, [], item.Transaction, TestTransactions.Noon);
                }
            }
        }

        await log.AppendAsync([.. cutOff.Values], await log.ProgressAsync(Name, CancellationToken.None), CancellationToken.None);
        // Of the rest, the items that the two shards lack are in hours that they have passed.
        await Producer(log, null, largestFrame, Hour).RunAsync(items, CancellationToken.None);

        var expected = items.Zip(Barriers(items)).ToDictionary(pair => pair.First.Transaction.Id, pair => pair.Second.IntervalEndMs);
        var inForce = await InForceAsync();
        Assert.Equal(expected.Count, inForce.Items.Count);
        Assert.All(inForce.Items, item => Assert.Equal(expected[item.Id], item.BarrierMs));
        Assert.All(inForce.Last, last => Assert.Equal(expected.Values.Max(), last));
    }

    [Fact]
    public async Task RunStart_OfANamedRun_StaysWhereItFirstWas()
    {
        var log = new TransactionLog(Redis, Shards);
        Assert.Equal(0, await Producer(log).RunStartAsync("one", CancellationToken.None));
        await Producer(log).RunAsync(Items(1, 10), CancellationToken.None);
        Assert.Equal(0, await Producer(log).RunStartAsync("one", CancellationToken.None));
        Assert.Equal(10, await Producer(log).RunStartAsync("two", CancellationToken.None));
        Assert.Equal(10, await Producer(log).RunStartAsync(null, CancellationToken.None));
    }

    private static TransactionProducer Producer(TransactionLog log, Pace? pace = null, int largestFrame = 1, long barrierIntervalMs = 0) =>
        new(log, new ProducerPlan(Name, pace ?? FullSpeed, largestFrame, barrierIntervalMs), new ProducerControl(), TimeProvider.System,
            NullLogger<TransactionProducer>.Instance);

    private static IEnumerable<ProducedItem> Items(long first, long last, bool isChanged = false) =>
        Enumerable.Range((int)first, (int)(last - first + 1))
            .Select(i => new ProducedItem(i, TestTransactions.Valid($"t-{i}", $"card-{(isChanged ? 7 * i : i) % 97}"), []));

    /// <summary>The barrier in force at each item: that of the newest hour so far.</summary>
    private static IEnumerable<FactBarrier> Barriers(IEnumerable<ProducedItem> items)
    {
        long newest = 0;
        foreach (var item in items)
        {
            newest = Math.Max(newest, item.Transaction.EventTime.ToUnixTimeMilliseconds());
            yield return FactBarrier.At(newest, Hour);
        }
    }

    /// <summary>Of each payment in the log the barrier that its shard has passed last, as a shard passes them; and the last of each
    /// shard.</summary>
    private async Task<(List<(string Id, long BarrierMs)> Items, long[] Last)> InForceAsync()
    {
        var reader = new ShardReader(Redis, new StreamOptions { ShardCount = Shards }, TimeProvider.System);
        var items = new List<(string, long)>();
        var last = new long[Shards];
        for (var shard = 0; shard < Shards; shard++)
        {
            for (var after = LogPosition.Start; await reader.ReadRangeAsync(
                shard, after, new LogPosition(long.MaxValue, long.MaxValue), 1_000,
                CancellationToken.None) is { } entries; entries.Release())
            {
                foreach (var entry in entries.Entries)
                {
                    var bytes = entries.Bytes.Slice(entry.Offset, entry.Length);
                    if (entry.Kind == EntryKind.Control)
                    {
                        last[shard] = Math.Max(last[shard], ControlEntry.Parse(bytes).ToBarrier().IntervalEndMs);
                        continue;
                    }

                    foreach (var transaction in MessageCodec.Decode(bytes).Transactions)
                    {
                        items.Add((transaction.Id, last[shard]));
                    }
                }

                after = entries.Entries[^1].Position;
            }
        }

        return (items, last);
    }

    private static List<ShardBatch> Batches(IEnumerable<ProducedItem> items)
    {
        var batches = new Dictionary<int, ShardBatch>();
        foreach (var item in items)
        {
            var shard = StableHash.ShardOf(item.Transaction.CardToken, Shards);
            batches.TryAdd(shard, new ShardBatch(shard, largestFrame: 1, Name));
            batches[shard].Add(item.Number, item.History, item.Transaction, TestTransactions.Noon);
        }

        return [.. batches.Values];
    }

    private static List<Transaction> Past(Transaction payment, int count) =>
        [.. Enumerable.Range(0, count).Select(i => payment with { Id = $"{payment.Id}-h{i}" })];

    private static IEnumerable<long> Numbers(IEnumerable<LogMessage> entries) => WholeLog.Ids(entries).Select(id => long.Parse(id[2..]));
}
