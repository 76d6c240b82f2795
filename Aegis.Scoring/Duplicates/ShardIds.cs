using System.Runtime.InteropServices;
using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Duplicates;

/// <summary>The ids that one shard has met in its last 24 hours of event time, in that order. It forgets older ids.</summary>
/// <param name="shared">The ids of all shards of this process.</param>
/// <param name="shard">The shard.</param>
/// <param name="share">The largest number of ids that this shard remembers.</param>
internal sealed class ShardIds(RecentIds shared, int shard, int share)
{
    /// <summary>How long an id is remembered, seconds of event time.</summary>
    public const long MemorySeconds = 86_400;

    /// <summary>Bytes per record.</summary>
    public const int RecordBytes = 16;

    /// <summary>Records per part.</summary>
    public const int PartLength = 4_096;

    // Two for each new id, so a burst of expired ids is worked off without a pause.
    private const int MaxForgottenAtOnce = 2;

    private readonly Queue<IdRecord[]> _parts = [];
    private IdRecord[] _last = [];
    private IdsState _state;

    /// <summary>The shard may have forgotten ids older than this event time, Unix seconds: ask the store.</summary>
    public long HorizonSeconds => _state.HorizonSeconds;

    /// <summary>The number of ids remembered.</summary>
    public long Count => _parts.Count == 0 ? 0 : ((_parts.Count - 1L) * PartLength) + _state.LastCount - _state.FirstOffset;

    /// <summary>Remembers an id, or reports that any shard has met it before.</summary>
    /// <param name="key">The id and its content.</param>
    /// <param name="eventSeconds">Event time, Unix seconds.</param>
    public Novelty Register(TransactionKey key, long eventSeconds)
    {
        MakeRoom();
        var novelty = shared.Register(key, shard);
        if (novelty == Novelty.New)
        {
            Remember(key, eventSeconds);
        }

        return novelty;
    }

    /// <summary>Remembers an id that the shard has committed, even if another shard has taken it since.</summary>
    /// <returns>False if the id is remembered already.</returns>
    public bool Settle(TransactionKey key, long eventSeconds)
    {
        MakeRoom();
        if (!shared.Settle(key, shard))
        {
            return false;
        }

        Remember(key, eventSeconds);
        return true;
    }

    /// <summary>Forgets all ids, because the shard goes to another process.</summary>
    public void Clear()
    {
        while (Count > 0)
        {
            ForgetFirst();
        }
    }

    /// <summary>The small part of the ids' snapshot: where the list begins and ends.</summary>
    public IdsState State => _state;

    /// <summary>The bytes of all parts from a part number on.</summary>
    public IEnumerable<(int Index, byte[] Bytes)> PartsFrom(int index)
    {
        var number = _state.FirstPart;
        foreach (var part in _parts)
        {
            if (number >= index)
            {
                var count = ReferenceEquals(part, _last) ? _state.LastCount : PartLength;
                yield return (number, MemoryMarshal.AsBytes(part.AsSpan(0, count)).ToArray());
            }

            number++;
        }
    }

    /// <summary>The number of the part that is being filled. Earlier parts change no more.</summary>
    public int LastPart => _state.FirstPart + Math.Max(0, _parts.Count - 1);

    /// <summary>Restores stored parts, in order, all of them from <see cref="IdsState.FirstPart"/> on.</summary>
    public void Restore(IdsState state, IEnumerable<byte[]> parts)
    {
        _state = state;
        foreach (var bytes in parts)
        {
            _last = new IdRecord[PartLength];
            MemoryMarshal.Cast<byte, IdRecord>(bytes).CopyTo(_last);
            _parts.Enqueue(_last);
        }

        // The share may have been larger when the parts were stored.
        while (Count > share)
        {
            ForgetFirst();
        }

        var offset = _state.FirstOffset;
        foreach (var part in _parts)
        {
            foreach (var record in part.AsSpan(offset..(ReferenceEquals(part, _last) ? _state.LastCount : PartLength)))
            {
                shared.Settle(new TransactionKey(record.Id, record.Content), shard);
            }

            offset = 0;
        }
    }

    private void MakeRoom()
    {
        while (Count >= share)
        {
            ForgetFirst();
        }
    }

    private void Remember(TransactionKey key, long eventSeconds)
    {
        Append(new IdRecord(key.Id, key.Content, (uint)eventSeconds));
        _state.NewestSeconds = Math.Max(_state.NewestSeconds, eventSeconds);
        for (var i = 0; i < MaxForgottenAtOnce && Count > 0
            && _parts.Peek()[_state.FirstOffset].EventSeconds < _state.NewestSeconds - MemorySeconds; i++)
        {
            ForgetFirst();
        }
    }

    private void Append(IdRecord record)
    {
        if (_parts.Count == 0 || _state.LastCount == PartLength)
        {
            _last = new IdRecord[PartLength];
            _parts.Enqueue(_last);
            _state.LastCount = 0;
        }

        _last[_state.LastCount++] = record;
    }

    private void ForgetFirst()
    {
        var first = _parts.Peek()[_state.FirstOffset];
        shared.Remove(first.Id, shard);
        _state.HorizonSeconds = Math.Max(_state.HorizonSeconds, first.EventSeconds);
        _state.FirstOffset++;
        if (_state.FirstOffset == PartLength || Count == 0)
        {
            _parts.Dequeue();
            _state.FirstPart++;
            _state.FirstOffset = 0;
            if (_parts.Count == 0)
            {
                _state.LastCount = 0;
            }
        }
    }
}
