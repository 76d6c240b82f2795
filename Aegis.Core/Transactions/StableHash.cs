namespace Aegis.Core.Transactions;

/// <summary>Hashes that mean the same in every process and release: shards, slabs and duplicate checks depend on them.</summary>
/// <remarks>FNV-1a over UTF-16 code units, finished by the 64-bit mixer of MurmurHash3. Not for secrets.</remarks>
public static class StableHash
{
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>A 64-bit hash of <paramref name="text"/>.</summary>
    public static ulong Hash64(ReadOnlySpan<char> text, ulong seed = 0)
    {
        var hash = OffsetBasis ^ Mix(seed);
        foreach (var c in text)
        {
            hash = (hash ^ c) * Prime;
        }

        return Mix(hash);
    }

    /// <summary>A 128-bit hash, for sets that hold tens of millions of keys.</summary>
    public static UInt128 Hash128(ReadOnlySpan<char> text) => new(Hash64(text), Hash64(text, seed: 1));

    /// <summary>The shard of a card, 0 to <paramref name="shardCount"/> - 1.</summary>
    public static int ShardOf(ReadOnlySpan<char> cardToken, int shardCount) => (int)(Hash64(cardToken) % (ulong)shardCount);

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
