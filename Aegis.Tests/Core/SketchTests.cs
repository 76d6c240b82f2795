using Aegis.Core.Facts;
using Aegis.Core.Numerics;

namespace Aegis.Tests.Core;

public sealed class SketchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(300)]
    [InlineData(100_000)]
    public void Estimate_OfDistinctCards_LiesWithinFourStandardErrors(int count)
    {
        var (sketch, half) = (default(CardSketch), default(CardSketch));
        for (var card = 1; card <= count; card++)
        {
            ref var part = ref card % 2 == 0 ? ref half : ref sketch;
            part.Add((ulong)card);
            part.Add((ulong)card);
        }

        sketch.Add(half);
        // HyperLogLog with 64 registers: a standard error of 1.04 / 8.
        Assert.InRange(sketch.Estimate, (count * 0.48) - 0.1, (count * 1.52) + 0.1);
    }

    [Fact]
    public void Sums_OfDays_CountEachWindowToItsEnd()
    {
        var ring = default(DayRing);
        uint[] sums = new uint[3];
        for (var day = 1_000; day < 1_100; day++)
        {
            ring.Add(day, 2);
        }

        ring.Add(1_090, 5);
        ring.Add(1_000, 7);
        ring.Sums(1_090, [1, 7, 30], sums);
        Assert.Equal([7u, 19, 65], sums);
        ring.Sums(1_110, [1, 7, 30], sums);
        Assert.Equal([0u, 0, 19 * 2 + 5], sums);
        ring.Sums(1_030, [1, 7, 30], sums);
        Assert.Equal([0u, 0, 0], sums);
    }

    [Fact]
    public void Sums_OfRandomDays_AreThoseOfAList()
    {
        var random = new SeededRandom(3);
        for (var round = 0; round < 200; round++)
        {
            var ring = default(DayRing);
            var events = new List<(int Day, uint Count)>();
            for (var i = 0; i < 100; i++)
            {
                events.Add((1_000 + random.NextInt(100), (uint)random.NextInt(9)));
                ring.Add(events[^1].Day, events[^1].Count);
                // What is older than the ring is gone for good.
                var oldest = events.Max(each => each.Day) - DayRing.Days;
                events.RemoveAll(each => each.Day <= oldest);
            }

            var last = 1_000 + random.NextInt(150);
            uint[] sums = new uint[4];
            ring.Sums(last, [1, 7, 30, 64], sums);
            Assert.Equal(
                new[] { 1, 7, 30, 64 }.Select(
                    window => (uint)events.Where(each => each.Day > last - window && each.Day <= last).Sum(each => each.Count)), sums);
        }
    }

    [Fact]
    public void KeyRing_OfManyKeys_ForgetsTheOldestAndHalvesFullCounts()
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
