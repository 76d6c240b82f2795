using System.Numerics;

namespace Aegis.Core.Numerics;

/// <summary>Numbers keys in the order in which they are first met: 0, 1, 2 and so on.</summary>
/// <remarks>
/// Open addressing with linear probing, at most half full. So a key is mostly found in one cache line, which can be
/// fetched ahead of time. A dictionary needs two lines, one after the other, and cannot fetch ahead.
/// </remarks>
internal sealed class KeyIndex
{
    private const int FirstLength = 128;

    private Entry[] _entries = new Entry[FirstLength];

    /// <summary>The number of keys.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a key; -1 if the key is unknown.</summary>
    public int Find(ulong key)
    {
        ref var entry = ref EntryOf(key);
        return entry.NumberAndOne - 1;
    }

    /// <summary>The number of a key; for a new key, the value of <see cref="Count"/> before the call.</summary>
    public int FindOrAdd(ulong key, out bool isNew)
    {
        ref var entry = ref EntryOf(key);
        isNew = entry.NumberAndOne == 0;
        if (!isNew)
        {
            return entry.NumberAndOne - 1;
        }

        entry = new Entry { Key = key, NumberAndOne = ++Count };
        if (2 * Count > _entries.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    /// <summary>Asks the processor to fetch the memory that finding a key needs.</summary>
    public void Prefetch(ulong key) => Ahead.Prefetch(ref _entries[HomeOf(key)]);

    /// <summary>Forgets all keys but keeps the memory.</summary>
    /// <param name="keys">All keys in the order of their numbers.</param>
    public void Clear(ReadOnlySpan<ulong> keys)
    {
        if (keys.Length > _entries.Length / 8)
        {
            Array.Clear(_entries);
        }
        else
        {
            // The last key first: the keys that it was put behind are still there, so it is found.
            for (var number = keys.Length - 1; number >= 0; number--)
            {
                EntryOf(keys[number]) = default;
            }
        }

        Count = 0;
    }

    private void Grow()
    {
        var old = _entries;
        _entries = new Entry[2 * old.Length];
        // In the order of their numbers, so that each key comes after all others that it meets.
        var inOrder = new ulong[Count];
        foreach (ref readonly var entry in old.AsSpan())
        {
            if (entry.NumberAndOne > 0)
            {
                inOrder[entry.NumberAndOne - 1] = entry.Key;
            }
        }

        for (var number = 0; number < inOrder.Length; number++)
        {
            EntryOf(inOrder[number]) = new Entry { Key = inOrder[number], NumberAndOne = number + 1 };
        }
    }

    /// <summary>The entry of a key, or the empty one where the key would go.</summary>
    private ref Entry EntryOf(ulong key)
    {
        var entries = _entries;
        var at = HomeOf(key);
        while (entries[at].NumberAndOne != 0 && entries[at].Key != key)
        {
            at = (at + 1) & (entries.Length - 1);
        }

        return ref entries[at];
    }

    // Fibonacci hashing, because keys may be small numbers.
    private int HomeOf(ulong key) => (int)((key * 0x9e3779b97f4a7c15) >> (65 - BitOperations.TrailingZeroCount(2 * (uint)_entries.Length)));

    private struct Entry
    {
        public ulong Key;
        public int NumberAndOne;
    }
}
