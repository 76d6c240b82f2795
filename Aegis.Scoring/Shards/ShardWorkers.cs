using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Shards;

/// <summary>Makes workers for shards. Each worker has its own parts, over models, facts and ids that all shards of the
/// process share.</summary>
internal sealed class ShardWorkers(
    ShardStates states, OldIdCheck duplicates, KnownVerdicts verdicts, DecisionWaiters waiters, SampleBudget samples, BlockPool blocks,
    TimeProvider time)
{
    /// <summary>Makes a worker that remembers nothing yet.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="epoch">The owner's epoch.</param>
    /// <param name="decisions">The newest decision in the store when the shard was taken over.</param>
    public ShardWorker Create(int shard, long epoch, long decisions = 0)
    {
        var state = states.Create(shard, epoch, decisions);
        var rows = new PaymentRows(state.Histories);
        var faults = new EntryFaults(shard, states.ShardCount, time);
        var labels = new ShardLabels(verdicts);
        var reader = new ShardEntriesReader(
            new TransactionEntries(state, rows, faults, duplicates, waiters), new LabelEntries(state, rows, labels.Committed),
            new ControlEntries(state, rows), faults);
        var decider = new BlockDecider(waiters, samples, time);
        return new ShardWorker(state, rows, reader, decider, new FreshOutcomes(labels, faults), blocks);
    }
}
