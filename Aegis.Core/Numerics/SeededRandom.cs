namespace Aegis.Core.Numerics;

/// <summary>A small seeded generator (SplitMix64, Steele, Lea, Flood 2014), with the same numbers on every machine and release.</summary>
/// <remarks>It is a struct: pass it by reference, because a copy repeats its numbers. Not for secrets.</remarks>
public struct SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator for one item of a family, for example for one day of one customer.</summary>
    public static SeededRandom For(ulong seed, ulong item, ulong part = 0) =>
        new(StableHash.Mix(seed ^ StableHash.Mix(item + 0x9e3779b97f4a7c15 + (part * 0xbf58476d1ce4e5b9))));

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9e3779b97f4a7c15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    /// <summary>A uniform number in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform number in [low, high).</summary>
    public double NextDouble(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>A uniform whole number from 0 to <paramref name="count"/> - 1.</summary>
    public int NextInt(int count) => (int)(NextDouble() * count);

    /// <summary>True with the given probability.</summary>
    public bool NextBool(double probability) => NextDouble() < probability;
}
