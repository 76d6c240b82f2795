using System.Diagnostics.CodeAnalysis;
using Aegis.Core.Features;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Shards;

/// <summary>Takes snapshots of a shard piece by piece between its blocks, so that the shard never waits for longer than a piece takes to copy.</summary>
/// <param name="worker">The shard's worker; same thread.</param>
/// <param name="every">Entries after which a snapshot is due; where there are more cards than that, as many entries as cards, so that snapshots stay cheaper than decisions.</param>
internal sealed class SnapshotTaker(ShardWorker worker, int every)
{
    // So much of a shard's log waits in Redis, whatever its entries hold.
    private const long MostBytes = 32 << 20;

    private readonly Queue<SnapshotPart> _small = [];

    // Shards of one process do not all begin at once.
    private long _sinceLast = every * (worker.Shard % 8) / 8;
    private long _bytesSinceLast;
    private SnapshotPart? _last;
    private int _firstChangedIds;

    /// <summary>True while a snapshot was begun and not all of it was taken.</summary>
    public bool IsUnderWay => _last is not null;

    /// <summary>Counts entries that went by, and begins a snapshot where one is due.</summary>
    public void Count(int entries, long bytes)
    {
        _sinceLast += entries;
        _bytesSinceLast += bytes;
        if ((_sinceLast >= Math.Max(every, worker.Histories.Cards.Count) || _bytesSinceLast >= MostBytes) && !IsUnderWay)
        {
            Begin();
        }
    }

    /// <summary>Begins a snapshot as of now.</summary>
    public void Begin()
    {
        (_sinceLast, _bytesSinceLast) = (0, 0);
        worker.Histories.Cards.BeginCopy();
        foreach (var (index, bytes) in worker.Ids.PartsFrom(_firstChangedIds))
        {
            _small.Enqueue(Part(SnapshotKind.Ids, index, bytes.Length / ShardIds.RecordBytes, bytes));
        }

        _firstChangedIds = worker.Ids.LastPart;
        _last = Part(SnapshotKind.State, 0, 1, State(), firstIdPart: worker.Ids.State.FirstPart);
    }

    /// <summary>Takes the next piece; false where none is left.</summary>
    public bool TryNext([NotNullWhen(true)] out SnapshotPart? part)
    {
        part = null;
        if (_last is null)
        {
            return false;
        }

        if (worker.Histories.Cards.TryCopyNext(out var copy))
        {
            part = Part(SnapshotKind.Cards, copy);
        }
        else if (!_small.TryDequeue(out part))
        {
            (part, _last) = (_last, null);
        }

        return true;
    }

    private byte[] State()
    {
        var counts = worker.Histories.Counts.ToBytes();
        var facts = new FactsState(worker.BarrierMs, worker.FactsMs, counts.Memory);
        var cards = worker.Histories.Cards.Count;
        var bytes = new SnapshotState(SnapshotState.CurrentLayout, worker.Versions, worker.Ids.State, facts, cards, worker.DecisionsBefore).ToBytes();
        counts.Return();
        return bytes;
    }

    private SnapshotPart Part(SnapshotKind kind, SlabCopy copy) => new()
    {
        Shard = worker.Shard,
        Epoch = worker.Epoch,
        Kind = kind,
        Part = copy.Index,
        Count = copy.Count,
        Data = copy.Bytes.Memory,
        At = _last!.At,
        Return = copy.Bytes.Return,
    };

    private SnapshotPart Part(SnapshotKind kind, int index, int count, byte[] data, int firstIdPart = 0) => new()
    {
        Shard = worker.Shard,
        Epoch = worker.Epoch,
        Kind = kind,
        Part = index,
        Count = count,
        Data = data,
        At = worker.Position,
        FirstIdPart = firstIdPart,
    };
}
