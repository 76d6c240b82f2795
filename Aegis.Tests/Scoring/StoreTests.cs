using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Tests.MachineLearning;
using Dapper;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed class StoreTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private readonly ShardHarness _harness = new(small);

    public void Dispose() => _harness.Dispose();

    [Fact]
    public void Commit_ThenFind_GivesTheDecisionBack()
    {
        using var writer = new CommitWriter(_harness.Store);
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
        using var writer = new CommitWriter(_harness.Store);
        var blocks = Blocks(_harness.Worker(), "a");
        _harness.Store.TakeOver(Shard);
        Assert.Equal(Shard, Assert.Throws<FencedException>(() => writer.Commit([.. blocks])).Shard);
        Assert.Null(_harness.Decisions.Find("a"));
        Assert.Equal(LogPosition.Start, _harness.Store.Shards()[Shard].Position);
    }

    [Fact]
    public void Commit_OfTheSameBlockTwice_IsRefusedWhole()
    {
        using var writer = new CommitWriter(_harness.Store);
        var blocks = Blocks(_harness.Worker(), "a");
        writer.Commit([.. blocks]);
        Assert.Throws<FencedException>(() => writer.Commit([.. blocks]));
        Assert.Equal(1, _harness.Decisions.Counts().Counts["decided"]);
    }

    [Fact]
    public void Open_WithAnotherNumberOfShards_IsRefused() =>
        Assert.Contains("shardCount 4", Assert.Throws<StoreException>(() => Store.Open(_harness.Options.StorePath, 8)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Open_OfAStoreOfTheReleaseBeforeMigrations_KeepsItsDecisionsAndAddsWhatIsNew()
    {
        using (var writer = new CommitWriter(_harness.Store))
        {
            writer.Commit([.. Blocks(_harness.Worker(), "kept")]);
        }

        using (var connection = _harness.Store.Connect())
        {
            connection.Execute(
                "DROP TABLE SchemaVersions; DROP TABLE external_scores; ALTER TABLE decisions DROP COLUMN rule_set_id; ALTER TABLE decisions DROP COLUMN model_outcome; ALTER TABLE decisions DROP COLUMN lists_revision; ALTER TABLE decisions DROP COLUMN threshold_id; INSERT INTO meta (name, value) VALUES ('schemaVersion', '4')");
        }

        var store = Store.Open(_harness.Options.StorePath, SmallModel.Shards);
        using var opened = store.Connect();
        Assert.Equal(1, opened.ExecuteScalar<long>("SELECT COUNT(*) FROM decisions"));
        Assert.Equal(0, opened.ExecuteScalar<long>("SELECT COUNT(*) FROM external_scores"));
    }

    [Theory]
    [InlineData("INSERT INTO meta (name, value) VALUES ('schemaVersion', '3')", "schemaVersion 3")]
    [InlineData("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('9999_later.sql', '2030-01-01')",
        "newer release (9999_later.sql)")]
    public void Open_OfAnOlderOrNewerStore_IsRefusedInOneSentenceAndChangesNothing(string change, string mentions)
    {
        using (var connection = _harness.Store.Connect())
        {
            connection.Execute(change);
        }

        var error = Assert.Throws<StoreException>(() => Store.Open(_harness.Options.StorePath, SmallModel.Shards));
        Assert.Contains(mentions, error.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Open_BySeveralAtOnce_MakesOneStore()
    {
        var path = Path.Combine(Repository.TemporaryFolder(), "aegis.db");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Store.Open(path, 16))));
        Assert.Equal(16, Store.Open(path, 16).Shards().Count);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void List_ByPages_GivesEveryDecisionOnceNewestFirst()
    {
        using var writer = new CommitWriter(_harness.Store);
        writer.Commit([.. Blocks(_harness.Worker(), [.. Enumerable.Range(0, 25).Select(i => $"t-{i:D2}")])]);
        var seen = new List<string>();
        for (long? before = null; ;)
        {
            var page = _harness.Decisions.List(new DecisionQuery { Before = before, Limit = 10 });
            seen.AddRange(page.Decisions.Select(stored => stored.Decision.Transaction.Id));
            if (page.Next is null)
            {
                break;
            }

            before = page.Next;
        }

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(i => $"t-{i:D2}"), seen);
        Assert.Empty(_harness.Decisions.List(new DecisionQuery { CardToken = "nobody", Limit = 10 }).Decisions);
    }

    private List<DecisionBlock> Blocks(ShardWorker worker, params string[] ids) =>
        Process(worker, [.. ids.Select(id => _harness.Entry(InShard(id)))]);
}
