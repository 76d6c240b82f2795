using Aegis.Core.Numerics;


namespace Aegis.Tests.Core;

public sealed class StableHashTests
{
    [Theory]
    [InlineData("", 0xefd01f60ba992926)]
    [InlineData("card-1", 3384115444967922803)]
    public void Hash64_IsTheSameInEveryRelease(string text, ulong expected) => Assert.Equal(expected, StableHash.Hash64(text));

    [Fact]
    public void ShardOf_SpreadsCardsEvenly()
    {
        var counts = new int[16];
        for (var card = 0; card < 16_000; card++)
        {
            counts[StableHash.ShardOf($"c{card}", 16)]++;
        }

        // 1,000 expected; five standard deviations are 153.
        Assert.All(counts, count => Assert.InRange(count, 847, 1153));
    }
}
