using System.Text;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams;

public sealed class RespCursorTests
{
    [Theory]
    [InlineData("*1\r\n*2\r\n$1\r\nk\r\n*1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nb\r\n$3\r\nxyz\r\n")]
    [InlineData("%1\r\n$1\r\nk\r\n*1\r\n*2\r\n$3\r\n1-2\r\n*2\r\n$1\r\nb\r\n$3\r\nxyz\r\n")]
    public void Cursor_OverAnswerOfXread_ReadsBothProtocolsAlike(string reply)
    {
        var bytes = Encoding.ASCII.GetBytes(reply);
        var cursor = new RespCursor(bytes);
        Assert.Equal(1, cursor.ReadPairsHeader());
        cursor.EnterPair();
        Assert.Equal("k"u8, cursor.ReadBulk());
        Assert.Equal(1, cursor.ReadArrayHeader());
        Assert.Equal(2, cursor.ReadArrayHeader());
        Assert.Equal("1-2"u8, cursor.ReadBulk());
        Assert.Equal(2, cursor.ReadArrayHeader());
        cursor.SkipValue();
        var length = cursor.ReadBulk().Length;
        Assert.Equal("xyz"u8, bytes.AsSpan(cursor.BulkStart, length));
        Assert.True(cursor.IsAtEnd);
    }

    [Theory]
    [InlineData("_\r\n")]
    [InlineData("*-1\r\n")]
    public void ReadPairsHeader_OfNull_IsMinusOne(string reply) => Assert.Equal(-1, new RespCursor(Encoding.ASCII.GetBytes(reply)).ReadPairsHeader());

    [Theory]
    [InlineData("+OK\r\n", RespKind.Simple, "OK")]
    [InlineData("-ERR no\r\n", RespKind.Error, "ERR no")]
    [InlineData("!6\r\nERR no\r\n", RespKind.Error, "ERR no")]
    [InlineData(":-42\r\n", RespKind.Integer, "-42")]
    [InlineData("#t\r\n", RespKind.Integer, "1")]
    [InlineData(",1.5\r\n", RespKind.Bulk, "1.5")]
    [InlineData("=7\r\ntxt:abc\r\n", RespKind.Bulk, "abc")]
    [InlineData("$0\r\n\r\n", RespKind.Bulk, "")]
    [InlineData("_\r\n", RespKind.Null, "")]
    [InlineData("$-1\r\n", RespKind.Null, "")]
    public void ReadValue_OfEachType_GivesWhatItSays(string reply, RespKind kind, string text)
    {
        var value = Value(reply);
        Assert.Equal((kind, text), (value.Kind, value.Text));
    }

    [Fact]
    public void ReadValue_OfNested_KeepsTheShape()
    {
        var value = Value("*2\r\n%1\r\n+a\r\n:1\r\n~2\r\n:2\r\n*0\r\n");
        var (key, one) = Assert.Single(value.Items[0].Pairs);
        Assert.Equal(("a", 1), (key.Text, one.Integer));
        Assert.Equal(RespKind.Array, value.Items[1].Items[1].Kind);
    }

    [Theory]
    [InlineData(":12x\r\n")]
    [InlineData("#y\r\n")]
    [InlineData("_x\r\n")]
    [InlineData("=3\r\nabc\r\n")]
    [InlineData("$5\r\nabc\r\n")]
    [InlineData("*3\r\n:1\r\n")]
    [InlineData("*1000000\r\n*1000000\r\n")]
    [InlineData("+cut")]
    [InlineData("")]
    public void ReadValue_OfNonsense_Throws(string reply) => Assert.Throws<RedisProtocolException>(() => Value(reply));

    [Theory]
    [InlineData(":1\r\n")]
    [InlineData("$-1\r\n")]
    [InlineData("+OK\r\n")]
    public void ReadBulk_OfAnythingElse_Throws(string reply) => Assert.Throws<RedisProtocolException>(() => new RespCursor(Encoding.ASCII.GetBytes(reply)).ReadBulk().Length);

    [Fact]
    public void ReadValue_OfWideClaimsInEachOther_TakesNoMemoryForThem()
    {
        // Eight arrays, each of which promises as many values as bytes follow: only one of them can be right.
        var reply = string.Concat(Enumerable.Repeat("*30000\r\n", 8)) + new string('_', 90_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<RedisProtocolException>(() => Value(reply));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 2_000_000);
    }

    private static RespValue Value(string reply) => new RespCursor(Encoding.ASCII.GetBytes(reply)).ReadValue();
}
