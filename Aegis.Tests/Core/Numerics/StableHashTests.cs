using System.Text;
using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Numerics;

public sealed class StableHashTests
{
    [Fact]
    public void UnitOf_LiesFromZeroToBelowOne_AndSpreadsEvenly()
    {
        Assert.Equal((0, 0.5), (StableHash.UnitOf(0), StableHash.UnitOf(1UL << 63)));
        Assert.InRange(StableHash.UnitOf(ulong.MaxValue), 0.9999999, 0.9999999999999999);
        // Ids that are numbered one after another fall evenly into tenths: 1,000 each, give or take four standard deviations.
        var tenths = Enumerable.Range(0, 10_000).GroupBy(i => (int)(10 * StableHash.UnitOf(StableHash.Hash64($"order-{i}")))).ToList();
        Assert.Equal(10, tenths.Count);
        Assert.All(tenths, tenth => Assert.InRange(tenth.Count(), 880, 1_120));
    }

    [Theory]
    [InlineData("", 0xefd01f60ba992926)]
    [InlineData("card-1", 3384115444967922803)]
    public void Hash64_IsTheSameInEveryRelease(string text, ulong expected)
    {
        Assert.Equal(expected, StableHash.Hash64(text));
        Assert.Equal(expected, StableHash.Hash64(Encoding.ASCII.GetBytes(text)));
    }

    /// <summary>The finaliser of MurmurHash3 as another implementation computes it.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0xb456bcfc34c2cb2c)]
    [InlineData(0xffffffffffffffff, 0x64b5720b4b825f21)]
    public void Mix_IsThatOfMurmurHash3(ulong value, ulong expected) => Assert.Equal(expected, StableHash.Mix(value));

    [Theory]
    [InlineData(0, 0, 0xc70b7d317e33bf45)]
    [InlineData(7, 0, 0x301fb60614b10ae8)]
    [InlineData(8, 0, 0x4e9987e62903608e)]
    [InlineData(21, 5, 0x4ac88020135e94ef)]
    public void OfBytes_IsTheSameInEveryRelease(int length, ulong seed, ulong expected) =>
        Assert.Equal(expected, StableHash.OfBytes([.. Enumerable.Range(0, length).Select(i => (byte)i)], seed));

    [Fact]
    public void OfBytes_ChangesWithEachByteTheirOrderNumberAndTheSeed()
    {
        var hashes = new List<ulong> { StableHash.OfBytes([], 1) };
        for (var length = 0; length <= 20; length++)
        {
            hashes.Add(StableHash.OfBytes(new byte[length]));
            for (var i = 0; i < length; i++)
            {
                var bytes = new byte[length];
                bytes[i] = 1;
                hashes.Add(StableHash.OfBytes(bytes));
            }
        }

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    [Fact]
    public void ShardOf_IsTheRemainderOfTheHash()
    {
        Assert.Equal((0, 15, 1), (StableHash.ShardOf(0, 16), StableHash.ShardOf(ulong.MaxValue, 16), StableHash.ShardOf(7, 3)));
        Assert.Equal(StableHash.ShardOf(StableHash.Hash64("card-1"), 16), StableHash.ShardOf("card-1", 16));
        Assert.Equal(3, StableHash.ShardOf("card-1", 16));
    }

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
