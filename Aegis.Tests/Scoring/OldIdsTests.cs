using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Storage;
using Aegis.Tests.MachineLearning;
using Dapper;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed class OldIdsTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private readonly ShardHarness _harness = new(small);

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Find_WhileTheStoreRefuses_WaitsSaysWhyAndThenAnswers()
    {
        using var writer = new CommitWriter(_harness.Store);
        writer.Commit([.. Process(_harness.Worker(), [_harness.Entry(InShard("old"))])]);
        var old = new OldIds(_harness.Decisions, _harness.Reads);
        using var connection = _harness.Store.Connect();
        connection.Execute("ALTER TABLE decisions RENAME TO away");

        var found = Task.Run(() => old.Find("old"u8));
        Assert.True(SpinWait.SpinUntil(() => _harness.Reads.Fault is not null, TimeSpan.FromSeconds(10)));
        Assert.Equal("The store refuses to read: SQLite Error 1: 'no such table: decisions'.", _harness.Reads.Fault);
        Assert.False(found.IsCompleted);

        connection.Execute("ALTER TABLE away RENAME TO decisions");
        Assert.Equal(Shard, (await found.WaitAsync(TimeSpan.FromSeconds(10)))?.Shard);
        Assert.Null(_harness.Reads.Fault);
    }
}
