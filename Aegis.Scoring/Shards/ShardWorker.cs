using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Decides the entries of one shard, in order, block by block. Only one thread uses it.</summary>
internal sealed class ShardWorker(
    ShardState state, PaymentRows rows, ShardEntriesReader reader, BlockDecider decider, FreshOutcomes fresh, BlockPool blocks)
{
    /// <summary>The shard's state.</summary>
    public ShardState State => state;

    /// <summary>Takes in entries that were committed before, and emits nothing.</summary>
    /// <param name="entries">The entries after <see cref="ShardState.Position"/>.</param>
    /// <param name="known">Their stored outcomes.</param>
    public void Recover(ShardEntries entries, KnownOutcomes known)
    {
        foreach (var block in Process(entries, known, readAtMicroseconds: 0))
        {
            blocks.Return(block);
        }
    }

    /// <summary>Decides entries, block by block; store each block before asking for the next. It ends early if it must
    /// wait for facts: then pass the entries after <see cref="ShardState.Position"/> again.</summary>
    public IEnumerable<DecisionBlock> Process(ShardEntries entries, long readAtMicroseconds) => Process(entries, fresh, readAtMicroseconds);

    private IEnumerable<DecisionBlock> Process(ShardEntries entries, IOutcomes outcomes, long readAtMicroseconds)
    {
        for (var next = FirstAfter(state.Position, entries); state.HasFacts() && next < entries.Entries.Length;)
        {
            var block = blocks.Rent();
            (block.Shard, block.Epoch, block.From) = (state.Shard, state.Epoch, state.Position);
            (block.Source, block.Versions, block.RatesVersion) = (entries, state.Versions, state.Histories.Rates.Version);
            block.FactsMs = state.FactsMs;
            entries.Retain();
            // A control entry may end the block and change what is in force.
            var (detector, policy, rules, rates) = (state.Detector, state.Policy, state.Rules, state.Histories.Rates);
            next = Fill(block, next, outcomes);
            block.To = state.Position;
            decider.Decide(block, detector, policy, rules, rates, rows.Before, readAtMicroseconds);
            if (outcomes.Decides)
            {
                block.CountIn(state.Scores, policy);
            }

            yield return block;
        }
    }

    private static int FirstAfter(LogPosition position, ShardEntries entries)
    {
        var first = 0;
        while (first < entries.Entries.Length && entries.Entries[first].Position <= position)
        {
            first++;
        }

        return first;
    }

    /// <summary>Takes in entries until the block is full, other versions come into force, or a barrier ends the block.</summary>
    /// <returns>The first entry that is not in the block.</returns>
    private int Fill(DecisionBlock block, int next, IOutcomes outcomes)
    {
        var entries = block.Source.Entries;
        rows.Begin();
        while (next < entries.Length && !block.IsFull && ReferenceEquals(state.Versions, block.Versions) && block.Published is null)
        {
            ref readonly var entry = ref entries[next++];
            state.MoveTo(entry.Position);
            reader.Take(block, entry, outcomes);
        }

        rows.Extract(block);
        return next;
    }
}
