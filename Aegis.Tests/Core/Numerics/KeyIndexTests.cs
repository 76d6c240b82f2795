using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Numerics;

public sealed class KeyIndexTests
{
    [Theory]
    [InlineData(1, 5_000, 3_000)]
    [InlineData(2, 100, 90)]
    [InlineData(3, 40_000, 50)]
    public void FindOrAdd_OfRandomKeys_NumbersThemAsADictionaryWould(ulong seed, int operations, int distinct)
    {
        var random = new SeededRandom(seed);
        var index = new KeyIndex();
        for (var round = 0; round < 4; round++)
        {
            // Small numbers as well as hashes; the last rounds are much shorter than the table has become.
            var expected = new Dictionary<ulong, int>();
            var keys = new List<ulong>();
            for (var i = 0; i < operations / (1 << (3 * round)); i++)
            {
                var number = (ulong)random.NextInt(distinct);
                var key = number % 2 == 0 ? number : number * 0xd1342543de82ef95;
                index.Prefetch(key);
                Assert.Equal(expected.GetValueOrDefault(key, -1), index.Find(key));
                Assert.Equal(expected.TryAdd(key, expected.Count), expected.Count != keys.Count);
                var slot = index.FindOrAdd(key, out var isNew);
                Assert.Equal((expected[key], keys.Count == expected[key]), (slot, isNew));
                if (isNew)
                {
                    keys.Add(key);
                }
            }

            Assert.Equal(expected.Count, index.Count);
            Assert.All(expected, pair => Assert.Equal(pair.Value, index.Find(pair.Key)));
            index.Clear(keys.ToArray());
            Assert.Equal(0, index.Count);
            Assert.All(keys, key => Assert.Equal(-1, index.Find(key)));
        }
    }

    /// <summary>Keys that all belong into the last slot of the first 128: they go on from the beginning.</summary>
    [Theory]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(64)]
    public void FindOrAdd_OfKeysThatMeet_FindsEachUntilItIsCleared(int count)
    {
        var keys = new List<ulong>();
        for (var key = 0UL; keys.Count < count + 1; key++)
        {
            if ((key * 0x9e3779b97f4a7c15) >> 57 == 127)
            {
                keys.Add(key);
            }
        }

        var index = new KeyIndex();
        var (added, unknown) = (keys[..count], keys[count]);
        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(Enumerable.Range(0, count), added.Select(key => index.FindOrAdd(key, out _)));
            Assert.Equal(Enumerable.Range(0, count), added.Select(index.Find));
            Assert.Equal((-1, count), (index.Find(unknown), index.Count));
            index.Clear(added.ToArray());
            Assert.All(added, key => Assert.Equal(-1, index.Find(key)));
        }
    }

    [Fact]
    public void FindOrAdd_OfZeroAndTheLargestKey_TellsWhetherTheyAreNew()
    {
        var index = new KeyIndex();
        Assert.Equal((0, -1), (index.Count, index.Find(0)));
        Assert.Equal((0, true), (index.FindOrAdd(0, out var isNew), isNew));
        Assert.Equal((1, true), (index.FindOrAdd(ulong.MaxValue, out isNew), isNew));
        Assert.Equal((0, false), (index.FindOrAdd(0, out isNew), isNew));
        Assert.Equal(2, index.Count);
    }
}
