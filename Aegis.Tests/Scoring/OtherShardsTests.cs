using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Tests.MachineLearning;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

/// <summary>Two processes on one store, one shard each.</summary>
public sealed class OtherShardsTests : IClassFixture<SmallModel>, IDisposable
{
    private const int TheirShard = 2;

    private readonly ShardHarness _harness;
    private readonly ShardProcess _ours;
    private readonly ShardProcess _theirs;
    private readonly OtherShards _others;
    private readonly CommitWriter _ourWriter;
    private readonly CommitWriter _theirWriter;
    private readonly ShardWorker _their;

    public OtherShardsTests(SmallModel small)
    {
        _harness = new ShardHarness(small);
        (_ours, _theirs) = (_harness.NewProcess(), _harness.NewProcess());
        _others = _harness.Others(_ours);
        _ourWriter = new CommitWriter(_harness.Store, _others);
        _theirWriter = new CommitWriter(_harness.Store);
        _their = _harness.Worker(TheirShard, _theirs);
    }

    public void Dispose()
    {
        _ourWriter.Dispose();
        _theirWriter.Dispose();
        _harness.Dispose();
    }

    [Fact]
    public void IdThatAnotherProcessHasCommitted_IsAConflictHere()
    {
        _others.Watch([TheirShard]);
        _theirWriter.Commit([.. Process(_their, _harness.Entry(Theirs("a")))]);
        _ourWriter.Commit([.. Process(_harness.Worker(_ours), _harness.Entry(InShard("b")))]);
        AssertConflict(_harness.Worker(_ours), "a");
    }

    [Fact]
    public void IdThatAnotherProcessCommitsFirst_RefusesTheBlockAndLeavesADeadLetter()
    {
        _others.Watch([TheirShard]);
        var worker = _harness.Worker(_ours);
        _ourWriter.Commit([.. Process(worker, _harness.Entry(InShard("before")))]);
        var beaten = Process(worker, _harness.Entry(InShard("a")), _harness.Entry(InShard("b")));
        _theirWriter.Commit([.. Process(_their, _harness.Entry(Theirs("a")))]);

        Assert.Equal(Shard, Assert.Throws<FencedException>(() => _ourWriter.Commit([.. beaten])).Shard);
        Assert.Null(_harness.Decisions.Find("b"));
        Assert.Equal(TheirShard, _harness.Decisions.Find("a")!.Shard);

        worker.State.LetGo();
        _others.Watch([Shard]);
        worker.State.Leave();
        var successor = _harness.Worker(_ours);
        _others.Leave(Shard);
        var again = Process(successor, _harness.Entry(InShard("a")), _harness.Entry(InShard("b")));
        again[0].From = _harness.Store.Shards()[Shard].Position;
        _ourWriter.Commit([.. again]);
        Assert.Contains("'a'", Assert.Single(again.SelectMany(block => block.DeadLetters)).Reason, StringComparison.Ordinal);
        Assert.Equal((TheirShard, Shard), (_harness.Decisions.Find("a")!.Shard, _harness.Decisions.Find("b")!.Shard));
    }

    [Fact]
    public void ShardThatIsTakenOver_IsNotRefusedForWhatItsPredecessorTook()
    {
        _others.Watch([TheirShard]);
        var worker = _harness.Worker(_ours);
        _ourWriter.Commit([.. Process(worker, _harness.Entry(InShard("before")))]);
        var beaten = Process(worker, _harness.Entry(InShard("a")), _harness.Entry(InShard("b")));
        _theirWriter.Commit([.. Process(_their, _harness.Entry(Theirs("a")))]);
        Assert.Throws<FencedException>(() => _ourWriter.Commit([.. beaten]));
        // Before the predecessor's ids are forgotten the other process decides another of them.
        _theirWriter.Commit([.. Process(_their, _harness.Entry(Theirs("b")))]);
        _ourWriter.Commit([]);

        _others.Watch([Shard]);
        worker.State.Leave();
        var successor = _harness.Worker(_ours);
        _others.Leave(Shard);
        var blocks = Process(successor, _harness.Entry(InShard("c")));
        blocks[0].From = _harness.Store.Shards()[Shard].Position;
        _ourWriter.Commit([.. blocks]);
        Assert.Equal(Shard, _harness.Decisions.Find("c")!.Shard);
    }

    [Fact]
    public void ShardThatChangesHands_IsKnownAtEveryMoment()
    {
        _theirWriter.Commit([.. Process(_their, _harness.Entry(Theirs("a")))]);
        _others.Watch([TheirShard]);
        var rebuilt = _harness.Worker(TheirShard, _ours);
        var key = TransactionKey.Of(Theirs("a"));
        rebuilt.State.Ids.Settle(key, 1_700_000_000);
        Assert.Equal(Novelty.Duplicate, _ours.Ids.Look(key));
        _others.Leave(TheirShard);
        Assert.Equal(Novelty.Duplicate, _ours.Ids.Look(key));
        _others.Watch([TheirShard]);
        rebuilt.State.Leave();
        Assert.Equal(Novelty.Duplicate, _ours.Ids.Look(key));
    }

    [Fact]
    public void IdOfAShardThatNobodyWatchesYet_RefusesTheBlockToo()
    {
        var worker = _harness.Worker(_ours);
        _ourWriter.Commit([.. Process(worker, _harness.Entry(InShard("before")))]);
        var beaten = Process(worker, _harness.Entry(InShard("a")));
        _theirWriter.Commit([.. Process(_their, _harness.Entry(Theirs("a")))]);
        Assert.Throws<FencedException>(() => _ourWriter.Commit([.. beaten]));
    }

    [Fact]
    public void Watch_OfAShardWithASnapshot_KnowsWhatIsInItAndWhatWasCommittedSince()
    {
        _theirWriter.Commit([.. Process(_their, _harness.Entry(Theirs("in-snapshot")))]);
        var snapshots = new SnapshotTaker(_their.State, _harness.Recent, int.MaxValue);
        snapshots.Begin();
        _theirWriter.Commit([.. Process(_their, _harness.Entry(Theirs("meanwhile")))]);
        while (snapshots.TryNext(out var part))
        {
            _theirWriter.Commit([part]);
        }

        _theirWriter.Commit([.. Process(_their, _harness.Entry(Theirs("since")))]);
        _others.Watch([TheirShard]);
        var worker = _harness.Worker(_ours);
        foreach (var id in new[] { "in-snapshot", "meanwhile", "since" })
        {
            AssertConflict(worker, id);
        }
    }

    [Fact]
    public void Leave_OfAShard_ForgetsItsIds()
    {
        _others.Watch([TheirShard]);
        _theirWriter.Commit([.. Process(_their, _harness.Entry(Theirs("a")))]);
        using var connection = _harness.Store.Connect();
        _others.CatchUp(connection);
        var key = TransactionKey.Of(Theirs("a"));
        Assert.Equal(Novelty.Duplicate, _ours.Ids.Look(key));
        _others.Leave(TheirShard);
        Assert.Equal(Novelty.New, _ours.Ids.Look(key));
    }

    private static Transaction Theirs(string id) => TestTransactions.Valid(id, CardsOf(TheirShard).First());

    private void AssertConflict(ShardWorker worker, string id)
    {
        var blocks = Process(worker, _harness.Entry(InShard(id)));
        Assert.Contains("other content", Assert.Single(blocks.SelectMany(block => block.DeadLetters)).Reason, StringComparison.Ordinal);
        Assert.Equal(0, blocks.Sum(block => block.Count));
    }
}
