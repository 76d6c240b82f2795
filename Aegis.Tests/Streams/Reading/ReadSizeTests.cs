using Aegis.Streams.Reading;

namespace Aegis.Tests.Streams.Reading;

public sealed class ReadSizeTests
{
    [Theory]
    [InlineData(160, 500, 500)]
    [InlineData(9_000, 10, 40)]
    [InlineData(1 << 20, 1, 1)]
    public void Entries_OfOneSize_SettleWhereRepliesAreAFewMegabytes(int entryBytes, int least, int most)
    {
        const int Shards = 16;
        var size = new ReadSize(500);
        for (var read = 0; read < 50; read++)
        {
            size.Learn(Shards * size.Entries * entryBytes);
        }

        Assert.InRange(size.Entries, least, most);
    }

    [Fact]
    public void Entries_AfterAReplyThatFailed_BeginSmallAndGrowUpToTheLimit()
    {
        var size = new ReadSize(100);
        size.Fail();
        Assert.Equal(1, size.Entries);
        for (var read = 0; read < 20; read++)
        {
            size.Learn(100 * size.Entries);
        }

        Assert.Equal(100, size.Entries);
        Assert.Equal(3, new ReadSize(3).Entries);
    }

    /// <summary>Replies of one to four megabytes are wanted.</summary>
    [Theory]
    [InlineData((4 << 20) + 1, 16)]
    [InlineData(4 << 20, 32)]
    [InlineData(1 << 20, 32)]
    [InlineData((1 << 20) - 1, 64)]
    [InlineData(0, 64)]
    public void Learn_OfAReply_HalvesOrDoublesOutsideOfWhatIsWanted(int bytes, int expected)
    {
        var size = new ReadSize(500);
        Assert.Equal(32, size.Entries);
        size.Learn(bytes);
        Assert.Equal(expected, size.Entries);
    }

    [Fact]
    public void Learn_OfOneEntryThatIsTooLarge_StillAsksForOne()
    {
        var size = new ReadSize(1);
        size.Learn(int.MaxValue);
        Assert.Equal(1, size.Entries);
    }
}
