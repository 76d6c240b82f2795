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
}
