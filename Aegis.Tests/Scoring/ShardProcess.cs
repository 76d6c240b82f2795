using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Tests.MachineLearning;

namespace Aegis.Tests.Scoring;

/// <summary>What the shards of one scoring process share, put together as the service does it.</summary>
internal sealed class ShardProcess
{
    public ShardProcess(ShardHarness harness)
    {
        var streams = new StreamOptions { ShardCount = SmallModel.Shards };
        Ids = new RecentIds(harness.Options.RememberedIds);
        Facts = new FactVersions(new FactStore(harness.Store));
        Labels = new LabelStore(harness.Store);
        Workers = new ShardWorkers(
            new ShardStates(harness.Models, Facts, Ids, streams), new OldIdCheck(Ids, new OldIds(harness.Decisions, harness.Reads)),
            new KnownVerdicts(Labels, harness.Reads), Waiters, new SampleBudget(TimeProvider.System), Blocks, TimeProvider.System);
    }

    public RecentIds Ids { get; }

    public FactVersions Facts { get; }

    public LabelStore Labels { get; }

    public BlockPool Blocks { get; } = new();

    public DecisionWaiters Waiters { get; } = new();

    public ShardWorkers Workers { get; }
}
