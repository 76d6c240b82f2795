using System.Diagnostics;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Storage;
using Aegis.Streams.Reading;

namespace Aegis.Scoring.Shards;

/// <summary>Makes a worker for a shard that remembers what its last owner did. The memory comes from the snapshot and
/// from the log between the snapshot and the store's position.</summary>
internal sealed partial class ShardRecovery(
    Store store, SnapshotStore snapshots, LabelStore labels, OtherShards others, ShardReader reader, ShardWorkers workers,
    ILogger<ShardRecovery> logger)
{
    private const int EntriesAtOnce = 1_000;

    /// <summary>Takes a shard over and rebuilds it.</summary>
    /// <exception cref="StoreException">The log lacks entries that the store has seen, or another release wrote the snapshot.</exception>
    /// <exception cref="Streams.Redis.RedisUnavailableException">Redis is gone: try again.</exception>
    public async Task<ShardWorker> TakeOverAsync(int shard, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var stored = store.TakeOver(shard);
        var worker = workers.Create(shard, stored.Epoch, stored.Decisions);
        var state = worker.State;
        try
        {
            if (stored.Snapshot > LogPosition.Start)
            {
                Restore(state, stored.Snapshot);
            }

            await CheckLogAsync(shard, state.Position, cancel);
            var entries = await ReadAgainAsync(worker, stored, cancel);
            others.Leave(shard);
            state.AskForFacts();
            LogRecovered(shard, state.Epoch, state.Histories.Cards.Count, entries, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return worker;
        }
        catch
        {
            state.Leave();
            throw;
        }
    }

    private async Task CheckLogAsync(int shard, LogPosition from, CancellationToken cancel)
    {
        var extent = await reader.ExtentAsync(shard, cancel);
        if (!extent.HoldsAllAfter(from))
        {
            throw new StoreException(
                $"The log of shard {shard} has to be read from {from} on, but {(extent.First is { } first ? $"begins at {first}" : "is empty")}: entries are missing. Restore a backup of log and store, or start with a fresh folder.");
        }
    }

    private void Restore(ShardState state, LogPosition at)
    {
        var shard = state.Shard;
        var kept = SnapshotState.Read(shard, snapshots.Parts(shard, SnapshotKind.State, at)[0].Data);
        Restore(state.Histories.Cards, shard, SnapshotKind.Cards, at);
        if (state.Histories.Cards.Count != kept.Cards)
        {
            throw new StoreException(
                $"The snapshot of shard {shard} holds {state.Histories.Cards.Count} cards; it should hold {kept.Cards}. Restore a backup.");
        }

        state.Use(kept.Facts);
        state.Ids.Restore(
            kept.Ids, snapshots.Parts(shard, SnapshotKind.Ids, at).Where(part => part.Part >= kept.Ids.FirstPart)
            .Select(part => part.Data));
        state.Use(kept.Versions);
        state.MoveTo(at);
    }

    private void Restore<T>(HistorySlab<T> slab, int shard, SnapshotKind kind, LogPosition at)
        where T : unmanaged
    {
        foreach (var (part, count, data) in snapshots.Parts(shard, kind, at))
        {
            slab.Restore(part, count, data);
        }
    }

    /// <returns>The number of entries read.</returns>
    private async Task<long> ReadAgainAsync(ShardWorker worker, StoredShard stored, CancellationToken cancel)
    {
        var (state, last) = (worker.State, stored.Position);
        var known = new KnownOutcomes(snapshots.DeadAfter(state.Shard, state.Position), labels.After(state.Shard, state.Position));
        long count = 0;
        while (state.Position < last
            && await reader.ReadRangeAsync(state.Shard, state.Position, last, EntriesAtOnce, cancel) is { } entries)
        {
            count += entries.Entries.Length;
            worker.Recover(entries, known);
            entries.Release();
        }

        if (state.Position < last)
        {
            await CheckEndAsync(state, last, cancel);
            state.MoveTo(last);
            if (state.BarrierMs < stored.BarrierMs)
            {
                var nothing = new FactCounts().ToBytes();
                state.Use(new FactsState(stored.BarrierMs, stored.FactsMs, nothing.Memory));
                nothing.Return();
            }
        }

        return count;
    }

    /// <summary>Handles a log that lacks the last decided entry. A failover may have lost it, unconfirmed. A log that
    /// ends before it is a different log.</summary>
    private async Task CheckEndAsync(ShardState state, LogPosition last, CancellationToken cancel)
    {
        var end = await reader.LastPositionAsync(state.Shard, cancel) ?? LogPosition.Start;
        if (end < last)
        {
            throw new StoreException(
                $"The store stands at {last} in shard {state.Shard}, but the log ends at {end}: the log and the store are not of one data folder. Restore the log, or start with a fresh folder.");
        }

        LogGap(state.Shard, state.Position, last);
    }

    [LoggerMessage(2101, LogLevel.Information,
        "Shard {Shard} taken over under epoch {Epoch}: {Cards} cards, {Entries} log entries read again, {Milliseconds:N0} ms")]
    private partial void LogRecovered(int shard, long epoch, int cards, long entries, double milliseconds);

    [LoggerMessage(2111, LogLevel.Warning, "Shard {Shard}: what was decided after {Position} up to {Last} is not in the log any more; a failover has lost entries that no caller was promised")]
    private partial void LogGap(int shard, LogPosition position, LogPosition last);
}
