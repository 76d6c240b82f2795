using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Aegis.Tests.MachineLearning;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using static Aegis.Tests.Scoring.ShardHarness;

namespace Aegis.Tests.Scoring;

public sealed class StoreWriterTests(SmallModel small) : IClassFixture<SmallModel>, IDisposable
{
    private readonly ShardHarness _harness = new(small);
    private readonly Observer _observer = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Run_OfABlock_CommitsItAndTellsEveryObserverOnce()
    {
        var blocks = Process(_harness.Worker(), _harness.Entry(InShard("a")), _harness.Entry(InShard("b")));
        var writer = Writer();
        var running = writer.RunAsync(CancellationToken.None);
        foreach (var block in blocks)
        {
            await writer.WriteAsync(block, CancellationToken.None);
        }

        writer.Complete();
        await running;
        Assert.Equal((2, 0), (_observer.Decisions, _observer.Refusals.Count));
        Assert.NotNull(_harness.Decisions.Find("b"));
        Assert.Null(writer.Fault);
    }

    [Fact]
    public async Task Run_OfWorkUnderAnEpochThatIsOver_TellsWhoseItWasAndGoesOn()
    {
        var lost = Assert.Single(Process(_harness.Worker(), _harness.Entry(InShard("a"))));
        var epoch = lost.Epoch;
        _harness.Store.TakeOver(Shard);
        var mark = new ReleaseMark { Shard = Shard, Epoch = epoch };
        var writer = Writer();
        var running = writer.RunAsync(CancellationToken.None);
        await writer.WriteAsync(lost, CancellationToken.None);
        await writer.WriteAsync(mark, CancellationToken.None);
        await mark.Done.WaitAsync(TimeSpan.FromSeconds(20));
        writer.Complete();
        await running;
        Assert.Equal([(Shard, epoch)], _observer.Refusals);
        Assert.Equal(0, _observer.Decisions);
        Assert.Null(_harness.Decisions.Find("a"));
    }

    private StoreWriter Writer() => new(
        _harness.Store, _harness.Others(_harness.Services), [_observer], _harness.Services.Blocks,
        new OptionsWrapper<Aegis.Scoring.ScoringOptions>(_harness.Options), TimeProvider.System, NullLogger<StoreWriter>.Instance);

    private sealed class Observer : ICommitObserver
    {
        public int Decisions { get; private set; }

        public List<(int Shard, long Epoch)> Refusals { get; } = [];

        public void Committed(DecisionBlock block, DateTimeOffset started, DateTimeOffset ended)
        {
            Assert.True(started <= ended);
            Decisions += block.Count;
        }

        public void Refused(int shard, long epoch) => Refusals.Add((shard, epoch));
    }
}
