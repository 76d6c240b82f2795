using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Aegis.Streams.Redis;

/// <summary>Reads RESP2 replies from bytes that may end anywhere. Trusts nothing: sizes and depth are bounded.</summary>
public static class RespReader
{
    /// <summary>The largest bulk string taken, in bytes.</summary>
    public const int LargestBulk = 64 << 20;

    /// <summary>The longest array taken.</summary>
    public const int LongestArray = 1 << 20;

    private const int LongestLine = 64 << 10;
    private const int DeepestNesting = 8;

    /// <summary>Reads one reply; false where its end has not arrived yet, and then the reader stands where it stood.</summary>
    /// <exception cref="RedisProtocolException">The bytes cannot be a reply.</exception>
    public static bool TryRead(ref SequenceReader<byte> reader, out RespValue value)
    {
        var start = reader.Consumed;
        if (TryRead(ref reader, out value, depth: 0))
        {
            return true;
        }

        reader.Rewind(reader.Consumed - start);
        return false;
    }

    private static bool TryRead(ref SequenceReader<byte> reader, out RespValue value, int depth)
    {
        value = default;
        if (!reader.TryRead(out var type) || !TryReadLine(ref reader, out var line))
        {
            return false;
        }

        switch (type)
        {
            case (byte)'+':
                value = RespValue.OfSimple(Encoding.UTF8.GetString(line));
                return true;
            case (byte)'-':
                value = RespValue.OfError(Encoding.UTF8.GetString(line));
                return true;
            case (byte)':':
                value = RespValue.OfInteger(ParseInteger(line));
                return true;
            case (byte)'$':
                return TryReadBulk(ref reader, ParseInteger(line), out value);
            case (byte)'*':
                return TryReadArray(ref reader, ParseInteger(line), depth, out value);
            default:
                throw new RedisProtocolException($"A reply begins with byte 0x{type:x2}; allowed: + - : $ *.");
        }
    }

    private static bool TryReadLine(ref SequenceReader<byte> reader, out ReadOnlySpan<byte> line)
    {
        if (reader.TryReadTo(out line, "\r\n"u8))
        {
            return true;
        }

        return reader.Remaining <= LongestLine ? false : throw new RedisProtocolException($"A reply line is longer than {LongestLine} bytes.");
    }

    private static bool TryReadBulk(ref SequenceReader<byte> reader, long length, out RespValue value)
    {
        value = RespValue.Null;
        if (length == -1)
        {
            return true;
        }

        if (length is < 0 or > LargestBulk)
        {
            throw new RedisProtocolException($"A bulk string of {length} bytes; allowed: 0 to {LargestBulk}.");
        }

        if (reader.Remaining < length + 2)
        {
            return false;
        }

        var bytes = new byte[length];
        reader.TryCopyTo(bytes);
        reader.Advance(length);
        if (!reader.IsNext("\r\n"u8, advancePast: true))
        {
            throw new RedisProtocolException("A bulk string does not end with CR LF.");
        }

        value = RespValue.OfBulk(bytes);
        return true;
    }

    private static bool TryReadArray(ref SequenceReader<byte> reader, long length, int depth, out RespValue value)
    {
        value = RespValue.Null;
        if (length == -1)
        {
            return true;
        }

        if (length is < 0 or > LongestArray || depth == DeepestNesting)
        {
            throw new RedisProtocolException($"An array of {length} items at depth {depth}; allowed: 0 to {LongestArray}, {DeepestNesting} deep.");
        }

        // An item takes three bytes at least, so a short buffer cannot make a long array be allocated.
        if (reader.Remaining < length * 3)
        {
            return false;
        }

        var items = new RespValue[length];
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryRead(ref reader, out items[i], depth + 1))
            {
                return false;
            }
        }

        value = RespValue.OfArray(items);
        return true;
    }

    private static long ParseInteger(ReadOnlySpan<byte> line) =>
        Utf8Parser.TryParse(line, out long value, out var used) && used == line.Length
            ? value
            : throw new RedisProtocolException("A number in a reply is not a 64-bit integer.");
}
