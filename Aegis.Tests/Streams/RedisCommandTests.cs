using System.Buffers;
using System.Text;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Streams;

public sealed class RedisCommandTests
{
    [Fact]
    public void WriteTo_OfAllKindsOfArguments_IsAnArrayOfBulkStrings()
    {
        var command = new RedisCommand("SET", "é").Add("b"u8).Add((ReadOnlyMemory<byte>)new byte[] { 0, 255 }).Add(-7L).Add(long.MinValue).Add("");
        byte[] expected = [.. "*7\r\n$3\r\nSET\r\n$2\r\né\r\n$1\r\nb\r\n$2\r\n"u8, 0, 255, .. "\r\n$2\r\n-7\r\n$20\r\n-9223372036854775808\r\n$0\r\n\r\n"u8];
        Assert.Equal(expected, Written(command));
    }

    [Fact]
    public void Add_OfMegabytes_KeepsEveryByte()
    {
        var bytes = Enumerable.Range(0, 3_000_000).Select(i => (byte)i).ToArray();
        Assert.Equal([.. "*2\r\n$1\r\nX\r\n$3000000\r\n"u8, .. bytes, .. "\r\n"u8], Written(new RedisCommand("X").Add(bytes.AsSpan())));
    }

    [Fact]
    public void WriteTo_AnsweredByTheReader_GivesTheArgumentsBack()
    {
        var arguments = Enumerable.Range(0, 200).Select(i => new string('a', i)).ToArray();
        Assert.Equal(arguments, new RespCursor(Written(new RedisCommand(arguments))).ReadValue().Items.Select(item => Encoding.UTF8.GetString(item.Bytes.Span)));
    }

    private static byte[] Written(RedisCommand command)
    {
        var writer = new ArrayBufferWriter<byte>();
        command.WriteTo(writer);
        return writer.WrittenSpan.ToArray();
    }
}
