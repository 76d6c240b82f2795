using System.Runtime.InteropServices;
using Aegis.Core.Numerics;

namespace Aegis.Core.Features;

/// <summary>Some histories of a slab as bytes: their keys, then the histories themselves.</summary>
/// <param name="Index">The number of the part.</param>
/// <param name="Count">The number of histories.</param>
/// <param name="Bytes">The bytes; whoever holds the copy returns them.</param>
public readonly record struct SlabCopy(int Index, int Count, PooledBytes Bytes);

/// <summary>The histories of one shard, side by side in arrays that never move, found by key.</summary>
/// <remarks>
/// A consistent copy is taken piece by piece while the slab is in use. <see cref="BeginCopy"/> marks the parts that
/// changed since the last copy. <see cref="TryCopyNext"/> copies one part at a time. <see cref="Touch"/> copies a
/// marked part just before it changes.
/// </remarks>
/// <typeparam name="T">A struct without references.</typeparam>
public sealed class HistorySlab<T>
    where T : unmanaged
{
    private const int PartBits = 9;
    private const int PartLength = 1 << PartBits;

    private readonly KeyIndex _index = new();
    private readonly List<Part> _parts = [];
    private readonly Queue<SlabCopy> _copied = [];
    private int _countToCopy;
    private int _nextToCopy;

    /// <summary>The number of histories.</summary>
    public int Count => _index.Count;

    /// <summary>A history by slot. The reference is valid for the slab's life. Call <see cref="Touch"/> before changing
    /// the history.</summary>
    public ref T this[int slot] => ref _parts[slot >> PartBits].Items[slot & (PartLength - 1)];

    /// <summary>The slot of a key; a new key gets a slot of zeros.</summary>
    public int SlotOf(ulong key)
    {
        var slot = _index.FindOrAdd(key, out var isNew);
        if (isNew)
        {
            if (slot >> PartBits == _parts.Count)
            {
                _parts.Add(new Part());
            }

            _parts[slot >> PartBits].Keys[slot & (PartLength - 1)] = key;
            _parts[slot >> PartBits].HasChanged = true;
        }

        return slot;
    }

    /// <summary>Finds the slot of a key; false if the key is unknown.</summary>
    public bool TryFind(ulong key, out int slot) => (slot = _index.Find(key)) >= 0;

    /// <summary>Asks the processor to fetch the memory that finding a key needs.</summary>
    public void PrefetchIndex(ulong key) => _index.Prefetch(key);

    /// <summary>Asks the processor to fetch the history of a key, if the key is known. Histories are seldom in its caches.</summary>
    public void Prefetch(ulong key)
    {
        if (_index.Find(key) is >= 0 and var slot)
        {
            Ahead.Prefetch(ref this[slot]);
        }
    }

    /// <summary>Announces that a history is about to change.</summary>
    public void Touch(int slot)
    {
        var part = _parts[slot >> PartBits];
        part.HasChanged = true;
        if (part.IsMarked)
        {
            _copied.Enqueue(Copy(slot >> PartBits));
        }
    }

    /// <summary>Marks the parts that changed since the last copy began. That copy must be finished.</summary>
    public void BeginCopy()
    {
        foreach (var part in _parts)
        {
            part.IsMarked = part.HasChanged;
            part.HasChanged = false;
        }

        _countToCopy = Count;
        _nextToCopy = 0;
    }

    /// <summary>Copies the next marked part; false if none is left.</summary>
    public bool TryCopyNext(out SlabCopy copy)
    {
        if (_copied.TryDequeue(out copy))
        {
            return true;
        }

        while (_nextToCopy < _parts.Count && !_parts[_nextToCopy].IsMarked)
        {
            _nextToCopy++;
        }

        if (_nextToCopy == _parts.Count)
        {
            return false;
        }

        copy = Copy(_nextToCopy);
        return true;
    }

    /// <summary>Restores a copied part into a slab that holds all parts before it.</summary>
    /// <exception cref="ArgumentException">The part is not the next one, or its length does not match its count.</exception>
    public void Restore(int index, int count, ReadOnlySpan<byte> bytes)
    {
        if (index << PartBits != Count || count is < 1 or > PartLength || bytes.Length != LengthOf(count))
        {
            throw new ArgumentException($"Part {index} with {count} histories in {bytes.Length} bytes; allowed: the part that follows {Count} histories, {LengthOf(1) } bytes each.");
        }

        var keys = MemoryMarshal.Cast<byte, ulong>(bytes[..(count * sizeof(ulong))]);
        foreach (var key in keys)
        {
            SlotOf(key);
        }

        bytes[(count * sizeof(ulong))..].CopyTo(MemoryMarshal.AsBytes(_parts[index].Items.AsSpan()));
        _parts[index].HasChanged = false;
    }

    /// <summary>A hash over all keys and histories, in the order in which they were first met.</summary>
    public ulong Fingerprint()
    {
        var hash = (ulong)Count;
        for (var index = 0; index < _parts.Count; index++)
        {
            var count = Math.Min(PartLength, Count - (index << PartBits));
            hash = StableHash.OfBytes(MemoryMarshal.AsBytes(_parts[index].Keys.AsSpan(0, count)), hash);
            hash = StableHash.OfBytes(MemoryMarshal.AsBytes(_parts[index].Items.AsSpan(0, count)), hash);
        }

        return hash;
    }

    private static unsafe int LengthOf(int count) => count * (sizeof(ulong) + sizeof(T));

    private SlabCopy Copy(int index)
    {
        var part = _parts[index];
        part.IsMarked = false;
        var count = Math.Min(PartLength, _countToCopy - (index << PartBits));
        var bytes = PooledBytes.Rent(LengthOf(count));
        MemoryMarshal.AsBytes(part.Keys.AsSpan(0, count)).CopyTo(bytes.Span);
        MemoryMarshal.AsBytes(part.Items.AsSpan(0, count)).CopyTo(bytes.Span[(count * sizeof(ulong))..]);
        return new SlabCopy(index, count, bytes);
    }

    private sealed class Part
    {
        public ulong[] Keys { get; } = new ulong[PartLength];

        public T[] Items { get; } = new T[PartLength];

        public bool HasChanged { get; set; }

        /// <summary>True while the present copy lacks this part.</summary>
        public bool IsMarked { get; set; }
    }
}
