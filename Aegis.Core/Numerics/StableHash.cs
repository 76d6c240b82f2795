using System.Numerics;
using System.Runtime.InteropServices;

namespace Aegis.Core.Numerics;

/// <summary>Hashes that are the same in every process and release. Shards, slabs and duplicate checks depend on them.</summary>
/// <remarks>FNV-1a over UTF-16 code units, finished by the 64-bit mixer of MurmurHash3. Not for secrets.</remarks>
public static class StableHash
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>A 64-bit hash of <paramref name="text"/>.</summary>
    public static ulong Hash64(ReadOnlySpan<char> text)
    {
        var hash = OffsetBasis;
        foreach (var c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>The hash of the same text in ASCII.</summary>
    public static ulong Hash64(ReadOnlySpan<byte> ascii)
    {
        var hash = OffsetBasis;
        foreach (var octet in ascii)
        {
            hash = (hash ^ octet) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>A hash of bytes, eight at a time: for contents and whole histories.</summary>
    public static ulong OfBytes(ReadOnlySpan<byte> bytes, ulong seed = 0)
    {
        var hash = Mix(seed ^ OffsetBasis ^ (ulong)bytes.Length);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            hash = (BitOperations.RotateLeft(hash, 29) ^ word) * 0x9e3779b97f4a7c15;
        }

        foreach (var octet in bytes[(words.Length * sizeof(ulong))..])
        {
            hash = (hash ^ octet) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>The shard of a card, 0 to <paramref name="shardCount"/> - 1.</summary>
    public static int ShardOf(ReadOnlySpan<char> cardToken, int shardCount) => ShardOf(Hash64(cardToken), shardCount);

    /// <summary>The shard of a card by the hash of its token.</summary>
    public static int ShardOf(ulong cardHash, int shardCount) => (int)(cardHash % (ulong)shardCount);

    /// <summary>A hash as a number of at least 0 and below 1, all alike likely.</summary>
    public static double UnitOf(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    /// <summary>A bijective mixer of 64-bit values: every input bit moves every output bit.</summary>
    public static ulong Mix(ulong value)
    {
        value ^= value >> 33;
        value *= 0xff51afd7ed558ccd;
        value ^= value >> 33;
        value *= 0xc4ceb9fe1a85ec53;
        return value ^ (value >> 33);
    }
}
