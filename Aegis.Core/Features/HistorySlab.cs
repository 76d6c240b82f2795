using System.Runtime.InteropServices;

namespace Aegis.Core.Features;

/// <summary>Histories of one shard, side by side in arrays that never move; found by key.</summary>
/// <typeparam name="T">A struct without references.</typeparam>
public sealed class HistorySlab<T>
    where T : unmanaged
{
    private const int ChunkBits = 10;
    private const int ChunkLength = 1 << ChunkBits;

    private readonly Dictionary<ulong, int> _slots = [];
    private readonly List<T[]> _chunks = [];

    /// <summary>How many histories there are.</summary>
    public int Count => _slots.Count;

    /// <summary>A history by slot; the reference stays good for the slab's life.</summary>
    public ref T this[int slot] => ref _chunks[slot >> ChunkBits][slot & (ChunkLength - 1)];

    /// <summary>The slot of a key, new and zeroed where the key is.</summary>
    public int SlotOf(ulong key)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_slots, key, out var exists);
        if (!exists)
        {
            slot = _slots.Count - 1;
            if (slot >> ChunkBits == _chunks.Count)
            {
                _chunks.Add(new T[ChunkLength]);
            }
        }

        return slot;
    }
}
