using Aegis.Core.Decisions;
using Aegis.Scoring.Consumption;
using Aegis.Scoring.Storage;
using Aegis.Tests.Core;
using Aegis.Tests.MachineLearning;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed class StoreTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private readonly ShardHarness _harness = new(small);

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Commit_ThenFind_GivesTheDecisionBack()
    {
        using var writer = new DecisionWriter(_harness.Store);
        var blocks = Blocks(_harness.Worker(), "a", "b");
        writer.Commit([.. blocks]);
        var expected = Made(blocks)[0];
        var found = _harness.Decisions.Find("a")!;
        Assert.Equal(expected.Transaction, found.Transaction);
        Assert.Equal(expected.Assessment, found.Assessment);
        Assert.Equal(expected.Features, found.Features);
        Assert.Equal((expected.Position, expected.TraceId, expected.ModelVersion), (found.Position, found.TraceId, found.ModelVersion));
        Assert.Null(_harness.Decisions.Find("c"));
        Assert.Equal(2, _harness.Decisions.Counts().Counts["decided"]);
        Assert.Equal(blocks[^1].To, _harness.Store.Shards()[Shard].Position);
    }

    [Fact]
    public void Commit_WithStaleEpoch_IsRefusedWhole()
    {
        using var writer = new DecisionWriter(_harness.Store);
        var blocks = Blocks(_harness.Worker(), "a");
        _harness.Store.TakeOver(Shard);
        Assert.Equal(Shard, Assert.Throws<FencedException>(() => writer.Commit([.. blocks])).Shard);
        Assert.Null(_harness.Decisions.Find("a"));
        Assert.Equal(LogPosition.Start, _harness.Store.Shards()[Shard].Position);
    }

    [Fact]
    public void Commit_OfTheSameBlockTwice_IsRefusedWhole()
    {
        using var writer = new DecisionWriter(_harness.Store);
        var blocks = Blocks(_harness.Worker(), "a");
        writer.Commit([.. blocks]);
        Assert.Throws<FencedException>(() => writer.Commit([.. blocks]));
        Assert.Equal(1, _harness.Decisions.Counts().Counts["decided"]);
    }

    [Fact]
    public void Open_WithAnotherNumberOfShards_IsRefused() =>
        Assert.Contains("shardCount 4", Assert.Throws<StoreException>(() => Store.Open(_harness.Options.StorePath, 8)).Message, StringComparison.Ordinal);

    [Fact]
    public void List_ByPages_GivesEveryDecisionOnceNewestFirst()
    {
        using var writer = new DecisionWriter(_harness.Store);
        writer.Commit([.. Blocks(_harness.Worker(), [.. Enumerable.Range(0, 25).Select(i => $"t-{i:D2}")])]);
        var seen = new List<string>();
        for (long? before = null; ;)
        {
            var page = _harness.Decisions.List(new DecisionQuery(null, false, null, null, before, 10));
            seen.AddRange(page.Select(stored => stored.Decision.Transaction.Id));
            if (page.Count == 0)
            {
                break;
            }

            before = page[^1].Sequence;
        }

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"t-{i:D2}"), seen);
        Assert.Empty(_harness.Decisions.List(new DecisionQuery(null, false, "nobody", null, null, 10)));
    }

    private List<DecisionBlock> Blocks(ShardWorker worker, params string[] ids) => Process(worker, [.. ids.Select(id => _harness.Entry(InShard(id)))]);
}
