using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Aegis.Core.Numerics;

namespace Aegis.Core.Facts;

/// <summary>Structs found by key, in the order in which their keys were first met. So the same events make the same bytes.</summary>
/// <typeparam name="T">A struct without references.</typeparam>
internal sealed class CountTable<T>
    where T : unmanaged
{
    private const int FirstLength = 64;

    private KeyIndex _index = new();
    private ulong[] _keys = new ulong[FirstLength];
    private T[] _items = new T[FirstLength];

    /// <summary>The number of keys.</summary>
    public int Count => _index.Count;

    /// <summary>The keys, in order.</summary>
    public ReadOnlySpan<ulong> Keys => _keys.AsSpan(0, Count);

    /// <summary>The structs, in order.</summary>
    public ReadOnlySpan<T> Items => _items.AsSpan(0, Count);

    /// <summary>The struct of a key; for a new key, a new struct of zeros. The reference is valid until the next key is added.</summary>
    public ref T Of(ulong key)
    {
        var slot = _index.FindOrAdd(key, out var isNew);
        if (isNew)
        {
            if (slot == _keys.Length)
            {
                Array.Resize(ref _keys, 2 * slot);
                Array.Resize(ref _items, 2 * slot);
            }

            _keys[slot] = key;
            _items[slot] = default;
        }

        return ref _items[slot];
    }

    /// <summary>True if a key was met.</summary>
    public bool Knows(ulong key) => _index.Find(key) >= 0;

    /// <summary>A copy of the struct of a key; all zeros if the key is unknown.</summary>
    public T Find(ulong key) => _index.Find(key) is >= 0 and var slot ? _items[slot] : default;

    /// <summary>The struct of a key, to read until the next key is added; a null reference if the key is unknown.</summary>
    public ref readonly T FindReference(ulong key) =>
        ref _index.Find(key) is >= 0 and var slot ? ref _items[slot] : ref Unsafe.NullRef<T>();

    /// <summary>Asks the processor to fetch the memory that finding a key needs.</summary>
    public void PrefetchIndex(ulong key) => _index.Prefetch(key);

    /// <summary>Asks the processor to fetch the struct of a key, if the key is known.</summary>
    public void Prefetch(ulong key)
    {
        if (_index.Find(key) is >= 0 and var slot)
        {
            Ahead.Prefetch(ref _items[slot]);
        }
    }

    /// <summary>Forgets everything but keeps the memory.</summary>
    public void Clear() => _index.Clear(Keys);

    /// <summary>Forgets the structs that are worth nothing. If there are more than a number, forgets a quarter more, those that are
    /// worth least; of equals, those met last. The others keep their order, and the memory that they do not need is given back.</summary>
    /// <param name="max">The largest number to keep.</param>
    /// <param name="worth">What a struct is worth; 0 and less is nothing.</param>
    /// <returns>The number forgotten.</returns>
    public int Keep(int max, ValueOf<T> worth)
    {
        var worths = new double[Count];
        var kept = 0;
        for (var i = 0; i < worths.Length; i++)
        {
            worths[i] = worth(_items[i]);
            kept += worths[i] > 0 ? 1 : 0;
        }

        var (least, ofLeast) = kept <= max ? (0.0, 0) : Least(worths, max - (max / 4));
        var (keys, items, before) = (_keys, _items, Count);
        (_index, _keys, _items) = (new KeyIndex(), new ulong[FirstLength], new T[FirstLength]);
        for (var i = 0; i < worths.Length; i++)
        {
            if (worths[i] > least || (least > 0 && worths[i] == least && ofLeast-- > 0))
            {
                Of(keys[i]) = items[i];
            }
        }

        return before - Count;
    }

    /// <summary>The smallest worth among the most valuable, and how many of that worth are among them.</summary>
    private static (double Least, int Count) Least(double[] worths, int most)
    {
        var sorted = worths.ToArray();
        Array.Sort(sorted);
        var least = sorted[^most];
        return (least, most - worths.Count(worth => worth > least));
    }

    /// <summary>A hash over keys and structs, in order.</summary>
    public ulong Fingerprint(ulong seed) =>
        StableHash.OfBytes(MemoryMarshal.AsBytes(Items), StableHash.OfBytes(MemoryMarshal.AsBytes(Keys), seed));

    /// <summary>The number of bytes that <see cref="Write"/> writes.</summary>
    public int ByteCount => sizeof(int) + (Count * (sizeof(ulong) + Unsafe.SizeOf<T>()));

    /// <summary>Writes count (int32), keys and structs, and moves <paramref name="to"/> past them.</summary>
    public void Write(ref Span<byte> to)
    {
        BinaryPrimitives.WriteInt32LittleEndian(to, Count);
        to = to[sizeof(int)..];
        StoredStruct.Put(MemoryMarshal.AsBytes(Keys), ref to);
        StoredStruct.Put(MemoryMarshal.AsBytes(Items), ref to);
    }

    /// <summary>Reads the result of <see cref="Write"/> into an empty table, and moves <paramref name="bytes"/> past it.</summary>
    /// <exception cref="FormatException">The bytes are cut short, or a key stands twice.</exception>
    public void Read(ref ReadOnlySpan<byte> bytes)
    {
        var count = bytes.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var needed = count * (long)(sizeof(ulong) + Unsafe.SizeOf<T>());
        if (count < 0 || bytes.Length - sizeof(int) < needed)
        {
            throw new FormatException($"A table of {count} facts in {bytes.Length} bytes; allowed: {sizeof(int)} bytes and {sizeof(ulong) + Unsafe.SizeOf<T>()} a fact.");
        }

        bytes = bytes[sizeof(int)..];
        var keys = MemoryMarshal.Cast<byte, ulong>(bytes[..(count * sizeof(ulong))]);
        foreach (var key in keys)
        {
            Of(key);
        }

        if (Count != count)
        {
            throw new FormatException($"A table of facts holds {Count} keys; it says {count}.");
        }

        bytes = bytes[(count * sizeof(ulong))..];
        var length = count * Unsafe.SizeOf<T>();
        bytes[..length].CopyTo(MemoryMarshal.AsBytes(_items.AsSpan()));
        bytes = bytes[length..];
    }
}

/// <summary>What a struct is worth.</summary>
internal delegate double ValueOf<T>(in T item)
    where T : unmanaged;
