using System.Buffers;
using System.Text;
using Aegis.Core.Numerics;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams;

public sealed class RespReaderTests
{
    private static readonly byte[] Reply = Encoding.ASCII.GetBytes("*3\r\n$5\r\nhello\r\n:42\r\n*2\r\n+OK\r\n$-1\r\n");

    [Fact]
    public void TryRead_OfReplyCutAnywhere_WaitsForTheRest()
    {
        for (var cut = 0; cut < Reply.Length; cut++)
        {
            var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(Reply, 0, cut));
            Assert.False(RespReader.TryRead(ref reader, out _));
            Assert.Equal(0, reader.Consumed);
        }

        var whole = new SequenceReader<byte>(new ReadOnlySequence<byte>(Reply));
        Assert.True(RespReader.TryRead(ref whole, out var value));
        Assert.Equal("hello", value.Items[0].Text);
        Assert.Equal(42, value.Items[1].Integer);
        Assert.Equal(RespKind.Null, value.Items[2].Items[1].Kind);
    }

    [Theory]
    [InlineData("$99999999999\r\n")]
    [InlineData("*99999999\r\n")]
    [InlineData("*-2\r\n")]
    [InlineData("?what\r\n")]
    [InlineData(":12x\r\n")]
    [InlineData("$2\r\nabc\r\n")]
    public void TryRead_OfNonsense_ThrowsAtOnce(string bytes) => Assert.Throws<RedisProtocolException>(() => Read(Encoding.ASCII.GetBytes(bytes)));

    [Fact]
    public void TryRead_OfMutatedReplies_NeverHangsOrOverflows()
    {
        const ulong Seed = 77;
        var random = new SeededRandom(Seed);
        for (var round = 0; round < 50_000; round++)
        {
            var mutated = (byte[])Reply.Clone();
            for (var hits = 1 + random.NextInt(3); hits > 0; hits--)
            {
                mutated[random.NextInt(mutated.Length)] = (byte)random.NextInt(256);
            }

            var error = Record.Exception(() => Read(mutated));
            Assert.True(error is null or RedisProtocolException, $"seed {Seed}, round {round}: {error}");
        }
    }

    private static void Read(byte[] bytes)
    {
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(bytes));
        while (RespReader.TryRead(ref reader, out _))
        {
        }
    }
}
