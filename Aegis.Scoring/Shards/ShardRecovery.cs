using System.Diagnostics;
using Aegis.Core.Decisions;
using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Aegis.Streams.Reading;

namespace Aegis.Scoring.Shards;

/// <summary>Makes a worker for a shard that remembers what its last owner did. The memory comes from the snapshot and
/// from the log between the snapshot and the store's position.</summary>
internal sealed partial class ShardRecovery(
    Store store, SnapshotStore snapshots, LabelStore labels, ShardReader reader, LogGuard guard, ShardWorkers workers,
    ILogger<ShardRecovery> logger)
{
    private const int EntriesAtOnce = 1_000;

    /// <summary>Takes a shard over and rebuilds it.</summary>
    /// <exception cref="LogBrokenException">The log lacks entries that the store has seen, or belongs to another store.</exception>
    /// <exception cref="StoreException">Another release wrote the snapshot.</exception>
    /// <exception cref="Streams.Redis.RedisUnavailableException">Redis is gone: try again.</exception>
    public async Task<ShardWorker> TakeOverAsync(int shard, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        await guard.CheckAsync(shard, cancel);
        var stored = store.TakeOver(shard);
        var worker = workers.Create(shard, stored.Epoch, stored.Decisions);
        var state = worker.State;
        try
        {
            if (stored.Snapshot > LogPosition.Start)
            {
                Restore(state, stored.Snapshot);
            }

            var entries = await ReadAgainAsync(worker, stored, cancel);
            state.Scores.Read(stored.Scores);
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

    /// <inheritdoc cref="LogGuard.BrokenAsync"/>
    public Task<IReadOnlyDictionary<int, string>> BrokenAsync(CancellationToken cancel) => guard.BrokenAsync(cancel);

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
            LogGap(state.Shard, state.Position, last);
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

    [LoggerMessage(2101, LogLevel.Information,
        "Shard {Shard} taken over under epoch {Epoch}: {Cards} cards, {Entries} log entries read again, {Milliseconds:N0} ms")]
    private partial void LogRecovered(int shard, long epoch, int cards, long entries, double milliseconds);

    [LoggerMessage(2111, LogLevel.Warning, "Shard {Shard}: what was decided after {Position} up to {Last} is not in the log any more; a failover has lost entries that no caller was promised")]
    private partial void LogGap(int shard, LogPosition position, LogPosition last);
}
