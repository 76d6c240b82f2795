using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Numerics;

public sealed class KeyRingTests
{
    [Fact]
    public void KeyOf_Is24BitsAndNeverZero()
    {
        Assert.Equal(0xabcdefu, KeyRing.KeyOf(0x1234_56ab_cdef));
        Assert.Equal(1u, KeyRing.KeyOf(0));
        Assert.Equal(1u, KeyRing.KeyOf(0xff00_0000));
        Assert.Equal(0xff_ffffu, KeyRing.KeyOf(ulong.MaxValue));
    }

    [Fact]
    public void Remember_MovesAKeyToTheFront_WithItsCount()
    {
        uint[] ring = new uint[3];
        Assert.True(KeyRing.IsEmpty(ring));
        foreach (var key in new uint[] { 7, 8, 9, 8 })
        {
            KeyRing.Remember(ring, key);
        }

        Assert.False(KeyRing.IsEmpty(ring));
        Assert.Equal([(8 << 8) | 2, (9 << 8) | 1, (7 << 8) | 1], ring);
        KeyRing.Remember(ring, 8);
        Assert.Equal([(8 << 8) | 3, (9 << 8) | 1, (7 << 8) | 1], ring);
        // The fourth key pushes the last one out, whose count is forgotten.
        KeyRing.Remember(ring, 6);
        Assert.Equal([(6 << 8) | 1, (8 << 8) | 3, (9 << 8) | 1], ring);
        KeyRing.Remember(ring, 7);
        Assert.Equal([(7 << 8) | 1, (6 << 8) | 1, (8 << 8) | 3], ring);
        Assert.True(KeyRing.Knows(ring, 6) && !KeyRing.Knows(ring, 9));
    }

    [Fact]
    public void Remember_OfAFullCount_HalvesAll()
    {
        uint[] ring = [(5 << 8) | 255, (6 << 8) | 9, 0];
        KeyRing.Remember(ring, 6);
        Assert.Equal([(6 << 8) | 10, (5 << 8) | 255, 0], ring);
        KeyRing.Remember(ring, 5);
        Assert.Equal([(5 << 8) | 128, (6 << 8) | 5, 0], ring);
    }

    [Fact]
    public void Surprise_IsTheSmoothedShareAgainstAnEvenOne()
    {
        uint[] ring = [(5 << 8) | 6, (6 << 8) | 2, 0, 0];
        Assert.Equal(-Math.Log(4 * 6.5 / 10), KeyRing.Surprise(ring, 5), 1e-5);
        Assert.Equal(-Math.Log(4 * 2.5 / 10), KeyRing.Surprise(ring, 6), 1e-5);
        Assert.Equal(-Math.Log(4 * 0.5 / 10), KeyRing.Surprise(ring, 7), 1e-5);
        Assert.Equal(0, KeyRing.Surprise(new uint[4], 7));
    }

    [Fact]
    public void Remember_OfManyKeys_ForgetsTheOldestAndHalvesFullCounts()
    {
        uint[] ring = new uint[4];
        for (uint key = 1; key <= 5; key++)
        {
            KeyRing.Remember(ring, key);
        }

        Assert.False(KeyRing.Knows(ring, 1));
        Assert.True(KeyRing.Knows(ring, 2));
        Assert.Equal(0, KeyRing.Surprise(ring, 3), 5);
        for (var i = 0; i < 255; i++)
        {
            KeyRing.Remember(ring, 3);
        }

        // 1 + 254 are full; the next halves them to 127 and the others to 0, and counts: 128 of 128.
        Assert.Equal(-Math.Log(4 * 128.5 / 130), KeyRing.Surprise(ring, 3), 5);
    }
}
