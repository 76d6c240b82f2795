using Aegis.Core.Facts;
using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Facts;

public sealed class DayRingTests
{
    [Fact]
    public void Sums_BeforeAnyDay_AreZero() => Assert.Equal(0u, Sum(default, last: 100, window: 64));

    [Theory]
    [InlineData(1_000, 1_000, 5)]
    [InlineData(1_000, 1_063, 5)]
    [InlineData(1_000, 1_064, 0)]
    [InlineData(1_000, 5_000, 0)]
    [InlineData(1, 64, 5)]
    [InlineData(1, 65, 0)]
    public void Add_OfALaterDay_ForgetsWhatIs64DaysOlder(int first, int second, uint expected)
    {
        var ring = default(DayRing);
        ring.Add(first, 5);
        ring.Add(second, 0);
        Assert.Equal(expected, Sum(ring, first, window: 1));
        Assert.Equal(expected, Sum(ring, second, window: 64));
    }

    [Theory]
    [InlineData(937, 7)]
    [InlineData(936, 0)]
    [InlineData(1_000, 7)]
    public void Add_OfAnEarlierDay_CountsWhereTheRingReachesBackToIt(int day, uint expected)
    {
        var ring = default(DayRing);
        ring.Add(1_000, 0);
        ring.Add(day, 3);
        ring.Add(day, 4);
        Assert.Equal(expected, Sum(ring, day, window: 1));
        Assert.Equal(expected, Sum(ring, last: 1_000, window: 64));
    }

    [Fact]
    public void Sums_OfAWindow_EndWithItsLastDayAndBeginAfterItsLength()
    {
        var ring = default(DayRing);
        ring.Add(100, 1);
        ring.Add(101, 10);
        ring.Add(102, 100);
        Assert.Equal(
            [10u, 11, 11, 110, 110, 100, 0],
            new[] { Sum(ring, 101, 1), Sum(ring, 101, 2), Sum(ring, 101, 3), Sum(ring, 102, 2), Sum(ring, 103, 3), Sum(ring, 104, 3),
                Sum(ring, 105, 3) });
        Assert.Equal((111u, 0u), (Sum(ring, 160, 64), Sum(ring, 99, 64)));
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

    private static uint Sum(DayRing ring, int last, int window)
    {
        var sums = new uint[1];
        ring.Sums(last, [window], sums);
        return sums[0];
    }
}
