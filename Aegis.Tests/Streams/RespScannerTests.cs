using System.Buffers;
using System.Text;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams;

public sealed class RespScannerTests
{
    private static readonly byte[] Reply = Encoding.ASCII.GetBytes("*3\r\n$5\r\nhello\r\n:42\r\n%1\r\n+OK\r\n*2\r\n$-1\r\n_\r\n");

    [Fact]
    public void TryFindEnd_OfReplyCutAnywhere_WaitsForTheRest()
    {
        for (var cut = 0; cut < Reply.Length; cut++)
        {
            var scanner = new RespScanner();
            Assert.False(scanner.TryFindEnd(new ReadOnlySequence<byte>(Reply, 0, cut), out _));
            Assert.True(scanner.TryFindEnd(new ReadOnlySequence<byte>(Reply), out var length));
            Assert.Equal(Reply.Length, length);
        }
    }

    [Fact]
    public void TryFindEnd_OfRepliesByteByByte_FindsEachEnd()
    {
        byte[] bytes = [.. Reply, .. "+PONG\r\n$0\r\n\r\n"u8, .. Reply];
        var scanner = new RespScanner();
        var lengths = new List<long>();
        for (int begin = 0, end = 1; end <= bytes.Length; end++)
        {
            if (scanner.TryFindEnd(new ReadOnlySequence<byte>(bytes, begin, end - begin), out var length))
            {
                lengths.Add(length);
                begin = end;
            }
        }

        Assert.Equal([Reply.Length, 7, 6, Reply.Length], lengths);
    }

    [Fact]
    public void TryFindEnd_OfMegabytesInPieces_LooksAtEachByteOnce()
    {
        byte[] bytes = [.. "*50000\r\n"u8, .. Enumerable.Repeat("$180\r\n" + new string('x', 180) + "\r\n", 50_000).SelectMany(Encoding.ASCII.GetBytes)];
        var scanner = new RespScanner();
        var started = TimeProvider.System.GetTimestamp();
        const int Piece = 256;
        for (var end = Piece; end < bytes.Length; end += Piece)
        {
            Assert.False(scanner.TryFindEnd(new ReadOnlySequence<byte>(bytes, 0, end), out _));
        }

        Assert.True(scanner.TryFindEnd(new ReadOnlySequence<byte>(bytes), out var length));
        Assert.Equal(bytes.Length, length);

        // From the start each time it would look at 170 GB.
        Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData("$99999999999\r\n")]
    [InlineData("$67108865\r\n")]
    [InlineData("$999999999999999999999999")]
    [InlineData("*99999999\r\n")]
    [InlineData("*-2\r\n")]
    [InlineData("$+5\r\n")]
    [InlineData("%-1\r\n")]
    [InlineData("%600000\r\n")]
    [InlineData("?what\r\n")]
    [InlineData("$2\r\nabc\r\n")]
    [InlineData("+bare\nfeed\r\n")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n")]
    public void TryFindEnd_OfNonsense_ThrowsAtOnce(string bytes) =>
        Assert.Throws<RedisProtocolException>(() => new RespScanner().TryFindEnd(new ReadOnlySequence<byte>(Encoding.ASCII.GetBytes(bytes)), out _));

    [Fact]
    public void TryFindEnd_OfEndlessLine_Throws() =>
        Assert.Throws<RedisProtocolException>(() => new RespScanner().TryFindEnd(new ReadOnlySequence<byte>([(byte)'+', .. new byte[RespLimits.LongestLine + 1]]), out _));

    [Fact]
    public void TryFindEnd_OfReplyBeyondTheBound_Throws()
    {
        byte[] bulk = [.. "$67108000\r\n"u8, .. new byte[67_108_000], .. "\r\n"u8];
        var first = new Piece([.. "*5\r\n"u8], 0);
        var last = first;
        for (var i = 0; i < 5; i++)
        {
            last = last.Append(bulk);
        }

        var error = Assert.Throws<RedisProtocolException>(() => new RespScanner().TryFindEnd(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length), out _));
        Assert.Contains($"{RespLimits.LargestReply}", error.Message, StringComparison.Ordinal);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] bytes, long before)
        {
            Memory = bytes;
            RunningIndex = before;
        }

        public Piece Append(byte[] bytes)
        {
            var next = new Piece(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
