using System.Collections.Concurrent;
using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Aegis.Streams;
using Aegis.Streams.Reading;

namespace Aegis.Scoring.Shards;

/// <summary>Finds the shards whose log was cut, was replaced, was ended by a forged id, or belongs to another store. Histories that were
/// read from such a log would lack payments without a sign.</summary>
internal sealed class LogGuard(Store store, LogMarks marks, ShardReader reader, StreamOptions streams)
{
    private const string Remedy =
        "Restore the log or a backup; or run ./aegis rebuild, which makes the cards' histories from the stored decisions and goes on";

    // The rounds of the leases and a rebuild may look at once.
    private readonly ConcurrentDictionary<int, long> _added = [];

    /// <summary>Why each broken shard is broken, by shard; empty if all are whole. A log that is new to a new store is marked as
    /// this store's own.</summary>
    /// <exception cref="StoreException">The store's file is gone.</exception>
    public async Task<IReadOnlyDictionary<int, string>> BrokenAsync(CancellationToken cancel)
    {
        store.CheckFile();
        var stored = store.Shards();
        var found = await marks.ReadAsync(cancel);
        var broken = new SortedDictionary<int, string>();
        for (var shard = 0; shard < found.Count; shard++)
        {
            if (await FaultAsync(shard, found[shard], stored[shard], cancel) is { } fault)
            {
                broken[shard] = fault;
            }
        }

        if (broken.Count == 0 && found.Any(mark => mark is null))
        {
            await ClaimAsync(found, cancel);
        }

        return broken;
    }

    /// <summary>Throws if a shard's log is broken.</summary>
    /// <exception cref="LogBrokenException">It is; the message says how.</exception>
    public async Task CheckAsync(int shard, CancellationToken cancel)
    {
        var found = await marks.ReadAsync(cancel);
        if (await FaultAsync(shard, found[shard], store.Shards()[shard], cancel) is { } fault)
        {
            throw new LogBrokenException(fault);
        }
    }

    private async Task ClaimAsync(IReadOnlyList<LogMark?> found, CancellationToken cancel)
    {
        for (var shard = 0; shard < found.Count; shard++)
        {
            if (found[shard] is null)
            {
                await marks.ClaimAsync(shard, store.Identity, cancel);
            }
        }

        store.HasMarkedLog = true;
    }

    private async Task<string?> FaultAsync(int shard, LogMark? found, StoredShard stored, CancellationToken cancel)
    {
        if (found is null && store.HasMarkedLog && stored.Position > LogPosition.Start)
        {
            return Replaced(shard, stored.Position);
        }

        var mark = found ?? new LogMark(store.Identity, LogPosition.Start);
        if (mark.Store != store.Identity)
        {
            return $"The log of shard {shard} belongs to another store than {store.Path}. One log has one store: start with the store that it belongs to; or run ./aegis rebuild, which makes the log this store's own.";
        }

        var extent = await reader.ExtentAsync(shard, cancel);
        if (extent.ForgedId is { } forged)
        {
            return $"The log of shard {shard} holds the id {forged}, after which nothing can be appended or read; allowed: up to {long.MaxValue}-{long.MaxValue}. Somebody appended it by hand: delete that entry and set the last id of {StreamKeys.Log(shard)} back (XDEL, XSETID).";
        }

        var wasAdded = _added.GetValueOrDefault(shard);
        _added[shard] = extent.Added ?? wasAdded;
        var (from, last) = (stored.Snapshot, stored.Position);
        if (!extent.HoldsAllAfter(from) && (from != mark.Base || extent.IsTrimmed))
        {
            return $"The log of shard {shard} has to be read from {from} on, but {(extent.First is { } first ? $"begins at {first}" : "is empty")}: entries are missing. {Remedy}.";
        }

        if (last <= mark.Base)
        {
            return null;
        }

        // A failover may lose the last entries, which no caller was promised. Where there are no replicas, nothing may.
        var mayLoseItsEnd = streams.ConfirmReplicas > 0;
        return extent.First is null || extent.First > last ? Replaced(shard, last)
            : mayLoseItsEnd ? null
            : extent.Added < wasAdded || !await reader.HoldsAsync(shard, last, cancel)
                ? $"The store at {store.Path} has decided up to {last} in shard {shard}, and the log does not hold that entry any more: it was cut, or is an older state of itself. {Remedy}."
                : null;
    }

    private string Replaced(int shard, LogPosition last) =>
        $"The log of shard {shard} was emptied or replaced: the store at {store.Path} has decided up to {last}, and the log holds nothing of that. {Remedy}.";
}
