using System.Diagnostics.CodeAnalysis;
using Aegis.Core.Features;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Shards;

/// <summary>Takes snapshots of a shard piece by piece between its blocks. So the shard waits no longer than the copy of
/// one piece takes.</summary>
/// <param name="state">The shard's state; used on the same thread.</param>
/// <param name="recent">The decisions that this process has committed.</param>
/// <param name="every">The number of entries between two snapshots. If there are more cards than that, the number of
/// cards counts instead, so that snapshots stay cheaper than decisions.</param>
internal sealed class SnapshotTaker(ShardState state, RecentDecisions recent, int every)
{
    // The largest part of a shard's log that waits in Redis, whatever its entries hold.
    private const long MaxBytes = 32 << 20;

    private readonly Queue<SnapshotPart> _small = [];

    // Staggered, so that the shards of a process do not all begin at once.
    private long _sinceLast = every * (state.Shard % 8) / 8;
    private long _bytesSinceLast;
    private SnapshotPart? _last;
    private int _firstChangedIds;

    /// <summary>True while a snapshot has begun and is not complete.</summary>
    public bool IsUnderWay => _last is not null;

    /// <summary>Counts entries that passed, and begins a snapshot if one is due.</summary>
    public void Count(int entries, long bytes)
    {
        _sinceLast += entries;
        _bytesSinceLast += bytes;
        if ((_sinceLast >= Math.Max(every, state.Histories.Cards.Count) || _bytesSinceLast >= MaxBytes) && !IsUnderWay)
        {
            Begin();
        }
    }

    /// <summary>Begins a snapshot as of now.</summary>
    public void Begin()
    {
        (_sinceLast, _bytesSinceLast) = (0, 0);
        state.Histories.Cards.BeginCopy();
        foreach (var (index, bytes) in state.Ids.PartsFrom(_firstChangedIds))
        {
            _small.Enqueue(Part(SnapshotKind.Ids, index, bytes.Length / ShardIds.RecordBytes, bytes));
        }

        _firstChangedIds = state.Ids.LastPart;
        _last = Part(SnapshotKind.State, 0, 1, State(), firstIdPart: state.Ids.State.FirstPart);
    }

    /// <summary>Takes the next piece; false if none is left.</summary>
    public bool TryNext([NotNullWhen(true)] out SnapshotPart? part)
    {
        part = null;
        if (_last is null)
        {
            return false;
        }

        if (state.Histories.Cards.TryCopyNext(out var copy))
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
        var counts = state.Histories.Counts.ToBytes();
        var facts = new FactsState(state.BarrierMs, state.FactsMs, counts.Memory);
        var cards = state.Histories.Cards.Count;
        var bytes = new SnapshotState(
            SnapshotState.CurrentLayout, state.Versions, state.Ids.State, facts, cards, Math.Max(state.DecisionsAtStart, recent.Newest))
            .ToBytes();
        counts.Return();
        return bytes;
    }

    private SnapshotPart Part(SnapshotKind kind, SlabCopy copy) => new()
    {
        Shard = state.Shard,
        Epoch = state.Epoch,
        Kind = kind,
        Part = copy.Index,
        Count = copy.Count,
        Data = copy.Bytes.Memory,
        At = _last!.At,
        Return = copy.Bytes.Return,
    };

    private SnapshotPart Part(SnapshotKind kind, int index, int count, byte[] data, int firstIdPart = 0) => new()
    {
        Shard = state.Shard,
        Epoch = state.Epoch,
        Kind = kind,
        Part = index,
        Count = count,
        Data = data,
        At = state.Position,
        FirstIdPart = firstIdPart,
    };
}
