using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Reading;

namespace Aegis.Scoring.Shards;

/// <summary>Makes a worker for a shard that remembers what its last owner did: from the snapshot, and from the log between there and the store's position.</summary>
internal sealed partial class ShardRecovery(Store store, SnapshotStore snapshots, OtherShards others, ShardReader reader, ShardServices services, ILogger<ShardRecovery> logger)
{
    private const int EntriesAtOnce = 1_000;

    /// <summary>Takes a shard over and rebuilds it.</summary>
    /// <exception cref="StoreException">The log lacks what the store has seen, or the snapshot is another release's.</exception>
    /// <exception cref="Streams.Redis.RedisUnavailableException">Redis is gone: try again.</exception>
    public async Task<ShardWorker> TakeOverAsync(int shard, CancellationToken cancel)
    {
        var started = services.Time.GetTimestamp();
        var state = store.TakeOver(shard);
        var worker = new ShardWorker(shard, state.Epoch, services, new VersionsInForce(services.Models.First), state.Decisions);
        try
        {
            if (state.Snapshot > LogPosition.Start)
            {
                Restore(worker, state.Snapshot);
            }

            await CheckLogAsync(shard, worker.Position, cancel);
            var entries = await ReadAgainAsync(worker, state, cancel);
            others.Leave(shard);
            worker.AskForFacts();
            LogRecovered(shard, state.Epoch, worker.Histories.Cards.Count, entries, services.Time.GetElapsedTime(started).TotalMilliseconds);
            return worker;
        }
        catch
        {
            worker.Leave();
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

    private void Restore(ShardWorker worker, LogPosition at)
    {
        var state = SnapshotState.Read(worker.Shard, snapshots.Parts(worker.Shard, SnapshotKind.State, at)[0].Data);
        Restore(worker.Histories.Cards, worker.Shard, SnapshotKind.Cards, at);
        if (worker.Histories.Cards.Count != state.Cards)
        {
            throw new StoreException(
                $"The snapshot of shard {worker.Shard} holds {worker.Histories.Cards.Count} cards; it should hold {state.Cards}. Restore a backup.");
        }

        worker.Use(state.Facts);
        worker.Ids.Restore(state.Ids, snapshots.Parts(worker.Shard, SnapshotKind.Ids, at).Where(part => part.Part >= state.Ids.FirstPart).Select(part => part.Data));
        worker.Use(state.Versions);
        worker.Position = at;
    }

    private void Restore<T>(HistorySlab<T> slab, int shard, SnapshotKind kind, LogPosition at)
        where T : unmanaged
    {
        foreach (var (part, count, data) in snapshots.Parts(shard, kind, at))
        {
            slab.Restore(part, count, data);
        }
    }

    /// <returns>How many entries were read.</returns>
    private async Task<long> ReadAgainAsync(ShardWorker worker, StoredShard state, CancellationToken cancel)
    {
        var last = state.Position;
        var known = new KnownOutcomes(snapshots.DeadAfter(worker.Shard, worker.Position), services.Labels.After(worker.Shard, worker.Position));
        long count = 0;
        while (worker.Position < last && await reader.ReadRangeAsync(worker.Shard, worker.Position, last, EntriesAtOnce, cancel) is { } entries)
        {
            count += entries.Entries.Length;
            worker.Recover(entries, known);
            entries.Release();
        }

        if (worker.Position < last)
        {
            await CheckEndAsync(worker, last, cancel);
            worker.Position = last;
            if (worker.BarrierMs < state.BarrierMs)
            {
                var nothing = new FactCounts().ToBytes();
                worker.Use(new FactsState(state.BarrierMs, state.FactsMs, nothing.Memory));
                nothing.Return();
            }
        }

        return count;
    }

    /// <summary>The last entry that was decided is not in the log: a failover may have lost it, unconfirmed; a log that ends before it is another log.</summary>
    private async Task CheckEndAsync(ShardWorker worker, LogPosition last, CancellationToken cancel)
    {
        var end = await reader.LastPositionAsync(worker.Shard, cancel) ?? LogPosition.Start;
        if (end < last)
        {
            throw new StoreException(
                $"The store stands at {last} in shard {worker.Shard}, but the log ends at {end}: the log and the store are not of one data folder. Restore the log, or start with a fresh folder.");
        }

        LogGap(worker.Shard, worker.Position, last);
    }

    [LoggerMessage(2101, LogLevel.Information, "Shard {Shard} taken over under epoch {Epoch}: {Cards} cards, {Entries} log entries read again, {Milliseconds:N0} ms")]
    private partial void LogRecovered(int shard, long epoch, int cards, long entries, double milliseconds);

    [LoggerMessage(2111, LogLevel.Warning, "Shard {Shard}: what was decided after {Position} up to {Last} is not in the log any more; a failover has lost entries that no caller was promised")]
    private partial void LogGap(int shard, LogPosition position, LogPosition last);
}
