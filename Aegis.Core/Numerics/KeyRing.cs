namespace Aegis.Core.Numerics;

/// <summary>The last few keys of a card, newest first, and how often each was met: a habit in four bytes for each key.</summary>
/// <remarks>The key takes the upper 24 bits, the count the lower 8. When a count is full, all counts are halved. A key
/// that falls out is forgotten with its count.</remarks>
internal static class KeyRing
{
    private const int CountBits = 8;
    private const uint FullCount = (1 << CountBits) - 1;

    /// <summary>24 bits of a hash, never 0, which marks an empty slot.</summary>
    public static uint KeyOf(ulong hash) => Math.Max(1, (uint)hash & 0xff_ffff);

    /// <summary>Counts a key and moves it to the front.</summary>
    public static void Remember(Span<uint> ring, uint key)
    {
        var position = PositionOf(ring, key);
        var slot = position < 0 ? key << CountBits : ring[position];
        if ((slot & FullCount) == FullCount)
        {
            Halve(ring);
            slot = ring[position];
        }

        ring[..(position < 0 ? ring.Length - 1 : position)].CopyTo(ring[1..]);
        ring[0] = slot + 1;
    }

    /// <summary>True if the key is among the last ones.</summary>
    public static bool Knows(ReadOnlySpan<uint> ring, uint key) => PositionOf(ring, key) >= 0;

    /// <summary>True before the first key.</summary>
    public static bool IsEmpty(ReadOnlySpan<uint> ring) => ring[0] == 0;

    /// <summary>-ln of the key's smoothed share, compared with an even share of all slots; 0 while the ring is empty.</summary>
    public static float Surprise(ReadOnlySpan<uint> ring, uint key)
    {
        uint seen = 0, total = 0;
        foreach (var slot in ring)
        {
            var count = slot & FullCount;
            total += count;
            seen += slot >> CountBits == key ? count : 0;
        }

        return Surprisal.Of(seen, total, ring.Length);
    }

    private static int PositionOf(ReadOnlySpan<uint> ring, uint key)
    {
        for (var i = 0; i < ring.Length; i++)
        {
            if (ring[i] >> CountBits == key)
            {
                return i;
            }
        }

        return -1;
    }

    private static void Halve(Span<uint> ring)
    {
        foreach (ref var slot in ring)
        {
            slot = (slot & ~FullCount) | ((slot & FullCount) / 2);
        }
    }
}
