using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Consumption;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Tests.Core;
using Microsoft.Data.Sqlite;

namespace Aegis.Tests.Scoring;

public sealed class StoreTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private readonly string _folder = Repository.TemporaryFolder();

    private string StorePath => Path.Combine(_folder, "aegis.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Commit_ThenFind_GivesTheDecisionBack()
    {
        var store = Store.Open(StorePath, SmallModel.Shards);
        using var writer = new DecisionWriter(store, store.TakeOver());
        var batch = Batch("a", "b");
        writer.Commit([batch]);
        var decisions = new DecisionStore(store);
        var expected = batch.Decisions[0].Decision;
        var found = decisions.Find("a")!;
        Assert.Equal(expected.Transaction, found.Transaction);
        Assert.Equal(expected.Assessment, found.Assessment);
        Assert.Equal(expected.Features, found.Features);
        Assert.Equal((expected.Position, expected.TraceId, expected.ModelVersion), (found.Position, found.TraceId, found.ModelVersion));
        Assert.Null(decisions.Find("c"));
        Assert.Equal(2, decisions.Counts().Counts["decided"]);
        Assert.Equal(batch.To, store.Positions()[1]);
    }

    [Fact]
    public void Commit_WithStaleEpoch_IsRefusedWhole()
    {
        var store = Store.Open(StorePath, SmallModel.Shards);
        using var old = new DecisionWriter(store, store.TakeOver());
        store.TakeOver();
        Assert.Throws<FencedException>(() => old.Commit([Batch("a")]));
        Assert.Null(new DecisionStore(store).Find("a"));
        Assert.Equal(LogPosition.Start, store.Positions()[1]);
    }

    [Fact]
    public void Commit_OfTheSameBatchTwice_IsRefusedWhole()
    {
        var store = Store.Open(StorePath, SmallModel.Shards);
        using var writer = new DecisionWriter(store, store.TakeOver());
        var batch = Batch("a");
        writer.Commit([batch]);
        Assert.Throws<FencedException>(() => writer.Commit([batch]));
        Assert.Equal(1, new DecisionStore(store).Counts().Counts["decided"]);
    }

    [Fact]
    public void Open_WithAnotherNumberOfShards_IsRefused()
    {
        Store.Open(StorePath, 4);
        Assert.Contains("shardCount 4", Assert.Throws<StoreException>(() => Store.Open(StorePath, 8)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void List_ByPages_GivesEveryDecisionOnceNewestFirst()
    {
        var store = Store.Open(StorePath, SmallModel.Shards);
        using var writer = new DecisionWriter(store, store.TakeOver());
        writer.Commit([Batch([.. Enumerable.Range(0, 25).Select(i => $"t-{i:D2}")])]);
        var decisions = new DecisionStore(store);
        var seen = new List<string>();
        for (PageKey? before = null; ;)
        {
            var page = decisions.List(new DecisionQuery(null, false, null, null, before, 10));
            seen.AddRange(page.Select(d => d.Transaction.Id));
            if (page.Count == 0)
            {
                break;
            }

            before = new PageKey(page[^1].Position, page[^1].Shard);
        }

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"t-{i:D2}"), seen);
        Assert.Empty(decisions.List(new DecisionQuery(null, false, "nobody", null, null, 10)));
    }

    private CommitBatch Batch(params string[] ids)
    {
        var worker = new ShardWorker(1, SmallModel.Shards, small.Model, CurrencyRates.Default, new DuplicateIndex(), new DecisionWaiters(), TimeProvider.System);
        var entries = ids.Select((id, i) => new LogEntry(
            new LogPosition(TestTransactions.Noon.ToUnixTimeMilliseconds(), i + 1),
            ["b"u8.ToArray(), MessageCodec.Encode(new LogMessage([ShardWorkerTests.InShard(id)], false, TestTransactions.Noon, null))])).ToList();
        return worker.Process(entries, TestTransactions.Noon);
    }
}
