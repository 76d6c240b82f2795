using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>Takes in control entries: versions that come into force, and barriers of facts.</summary>
internal sealed class ControlEntries(ShardState state, PaymentRows rows)
{
    /// <summary>Takes in one entry.</summary>
    /// <exception cref="MessageFormatException">The entry is invalid; the message says what is wrong and what is allowed.</exception>
    public void Take(DecisionBlock block, ControlEntry entry, LogPosition position, IOutcomes outcomes)
    {
        if (entry.Kind == ControlEntry.Facts)
        {
            Pass(block, entry.ToBarrier(), position, outcomes);
            return;
        }

        var versions = state.Versions.After(entry);
        if (!state.Knows(versions.Model))
        {
            throw new MessageFormatException(
                $"The control entry brings model '{versions.Model}' into force, which is not in the store; allowed: a registered version.");
        }

        if (versions.Rates is { } rates && state.RatesOf(rates) is null)
        {
            throw new MessageFormatException(
                $"The control entry brings rate table '{rates}' into force, which is not in the store; allowed: a registered version.");
        }

        if (versions.Rules is { } rules && !state.KnowsRules(rules))
        {
            throw new MessageFormatException(
                $"The control entry brings rules '{rules}' into force, which are not in the store; allowed: a registered version.");
        }

        if (versions.ListsRevision > state.Versions.ListsRevision && versions.ListsRevision > state.NewestLists())
        {
            throw new MessageFormatException(
                $"The control entry brings revision {versions.ListsRevision} of lists into force, which is not in the store; allowed: at most {state.NewestLists()}, that of the last change.");
        }

        if (versions != state.Versions)
        {
            state.Use(versions);
        }
    }

    private void Pass(DecisionBlock block, FactBarrier barrier, LogPosition position, IOutcomes outcomes)
    {
        if (barrier.IntervalEndMs - position.Milliseconds > (long)TransactionRules.ClockTolerance.TotalMilliseconds)
        {
            // Such a barrier would void every later barrier that ends before it.
            throw new MessageFormatException(
                $"intervalEnd is '{barrier.IntervalEndMs}'; allowed: at most {TransactionRules.ClockTolerance.TotalMinutes} minutes after the entry's own stamp, {position.Milliseconds}");
        }

        if (barrier.IntervalEndMs <= state.BarrierMs)
        {
            return;
        }

        rows.Extract(block);
        var isOther = state.Pass(barrier);
        if (outcomes.Decides)
        {
            block.Published = new PublishedCounts(state.BarrierMs, state.FactsMs, state.Histories.Counts.ToBytes());
            if (isOther)
            {
                state.AskForFacts();
            }
        }

        state.Histories.Counts.Clear();
    }
}
