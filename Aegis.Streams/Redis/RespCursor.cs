using System.Buffers.Text;
using System.Text;

namespace Aegis.Streams.Redis;

/// <summary>Walks the bytes of a whole reply (RESP2 or RESP3) from front to back, without allocating.</summary>
/// <param name="reply">The reply, as <see cref="ReplyBuffer.Bytes"/> holds it. Bytes that end too early are refused like any other nonsense.</param>
/// <remarks>Every method throws <see cref="RedisProtocolException"/> where what stands at the cursor is not what it reads.</remarks>
public ref struct RespCursor(ReadOnlySpan<byte> reply)
{
    private readonly ReadOnlySpan<byte> _reply = reply;

    /// <summary>Where in the reply the next value begins.</summary>
    public int Position { get; private set; }

    /// <summary>Where in the reply the bytes of the last <see cref="ReadBulk"/> begin, so that a caller can keep offset and length.</summary>
    public int BulkStart { get; private set; }

    /// <summary>True once all is read.</summary>
    public readonly bool IsAtEnd => Position == _reply.Length;

    /// <summary>Enters an array, set or map and gives the number of values that follow; a map's are keys and values in turn. -1 for null.</summary>
    public int ReadArrayHeader()
    {
        var type = ReadType();
        return type == (byte)'_' ? ReadNull() : RespLimits.IsAggregate(type) ? RespLimits.ParseLength(type, ReadLine()) : throw Unexpected(type, "an array");
    }

    /// <summary>Enters a map, which RESP2 sends as an array of two-item arrays, and gives the number of pairs; -1 for null. Each begins with <see cref="EnterPair"/>.</summary>
    public int ReadPairsHeader()
    {
        var isMap = !IsAtEnd && _reply[Position] == (byte)'%';
        var length = ReadArrayHeader();
        return isMap ? length / 2 : length;
    }

    /// <summary>Stands before a pair's key: in RESP2 it enters the pair's array. A key is never an array itself.</summary>
    public void EnterPair()
    {
        if (!IsAtEnd && _reply[Position] == (byte)'*' && ReadArrayHeader() is var length and not 2)
        {
            throw new RedisProtocolException($"A pair of a reply has {length} values; allowed: 2.");
        }
    }

    /// <summary>Reads a bulk or verbatim string.</summary>
    public ReadOnlySpan<byte> ReadBulk()
    {
        var type = ReadType();
        if (type is not ((byte)'$' or (byte)'='))
        {
            throw Unexpected(type, "a bulk string");
        }

        var length = RespLimits.ParseLength(type, ReadLine());
        return length >= 0 ? ReadBytes(type, length) : throw new RedisProtocolException("A reply has null where a bulk string belongs.");
    }

    /// <summary>Reads an integer.</summary>
    public long ReadInteger()
    {
        var type = ReadType();
        return type == (byte)':' ? ParseInteger(ReadLine()) : throw Unexpected(type, "an integer");
    }

    /// <summary>Passes a value with all that is in it.</summary>
    public void SkipValue()
    {
        for (var left = 1L; left > 0; left--)
        {
            var type = ReadType();
            var line = RespLimits.IsType(type) ? ReadLine() : throw RespLimits.UnknownType(type);
            var length = RespLimits.HasLength(type) ? RespLimits.ParseLength(type, line) : -1;
            if (RespLimits.IsAggregate(type))
            {
                left += Math.Max(length, 0);
            }
            else if (length >= 0)
            {
                ReadBytes(type, length);
            }
        }
    }

    /// <summary>Reads a value of any kind, copied out of the reply.</summary>
    public RespValue ReadValue() => ReadValue(depth: 0, owed: 0);

    /// <param name="depth">How many arrays it stands in.</param>
    /// <param name="owed">The values that these arrays still promise after it.</param>
    private RespValue ReadValue(int depth, long owed)
    {
        var type = ReadType();
        var line = RespLimits.IsType(type) ? ReadLine() : throw RespLimits.UnknownType(type);
        if (RespLimits.HasLength(type))
        {
            var length = RespLimits.ParseLength(type, line);
            return length < 0 ? RespValue.Null : RespLimits.IsAggregate(type) ? ReadItems(type, length, depth, owed) : OfBytes(type, ReadBytes(type, length));
        }

        return type switch
        {
            (byte)'+' => RespValue.OfSimple(Encoding.UTF8.GetString(line)),
            (byte)'-' => RespValue.OfError(Encoding.UTF8.GetString(line)),
            (byte)':' => RespValue.OfInteger(ParseInteger(line)),
            (byte)'#' => RespValue.OfInteger(ParseBoolean(line)),
            (byte)'_' when line.IsEmpty => RespValue.Null,
            (byte)',' or (byte)'(' => RespValue.OfBulk(line.ToArray()),
            _ => throw Unexpected(type, "a value"),
        };
    }

    private RespValue ReadItems(byte type, int length, int depth, long owed)
    {
        // Memory is taken only for values whose bytes can be there: a short reply cannot make a long array.
        if (depth == RespLimits.DeepestNesting || (length + owed) * RespLimits.ShortestValue > _reply.Length - Position)
        {
            throw new RedisProtocolException($"An array of {length} values at depth {depth}; allowed: what the reply holds, {RespLimits.DeepestNesting} deep.");
        }

        var items = length == 0 ? [] : new RespValue[length];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = ReadValue(depth + 1, owed + items.Length - i - 1);
        }

        return type == (byte)'%' ? RespValue.OfMap(items) : RespValue.OfArray(items);
    }

    private static RespValue OfBytes(byte type, ReadOnlySpan<byte> bytes) =>
        type == (byte)'!' ? RespValue.OfError(Encoding.UTF8.GetString(bytes)) : RespValue.OfBulk(bytes.IsEmpty ? [] : bytes.ToArray());

    private ReadOnlySpan<byte> ReadBytes(byte type, int length)
    {
        var rest = _reply[Position..];
        if (rest.Length < length + 2 || !rest.Slice(length, 2).SequenceEqual("\r\n"u8))
        {
            throw new RedisProtocolException($"A bulk string of {length} bytes is cut short or does not end with CR LF.");
        }

        BulkStart = Position;
        Position += length + 2;
        return type == (byte)'=' ? OfVerbatim(rest[..length]) : rest[..length];
    }

    /// <summary>A verbatim string names its format first: <c>txt:</c>.</summary>
    private ReadOnlySpan<byte> OfVerbatim(ReadOnlySpan<byte> bytes)
    {
        const int Prefix = 4;
        if (bytes.Length < Prefix || bytes[Prefix - 1] != (byte)':')
        {
            throw new RedisProtocolException("A verbatim string does not begin with its format, for example txt:.");
        }

        BulkStart += Prefix;
        return bytes[Prefix..];
    }

    private byte ReadType() => !IsAtEnd ? _reply[Position++] : throw new RedisProtocolException("A reply ends where a value belongs.");

    private ReadOnlySpan<byte> ReadLine()
    {
        var rest = _reply[Position..];
        rest = rest[..Math.Min(rest.Length, RespLimits.LongestLine + 2)];
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0 || end + 1 >= rest.Length || rest[end] != (byte)'\r' || rest[end + 1] != (byte)'\n')
        {
            throw new RedisProtocolException("A line of a reply is cut short, too long, or does not end with CR LF.");
        }

        Position += end + 2;
        return rest[..end];
    }

    private int ReadNull() => ReadLine().IsEmpty ? -1 : throw new RedisProtocolException("A null of a reply has content.");

    private static int ParseBoolean(ReadOnlySpan<byte> line) =>
        line is [(byte)'t'] ? 1 : line is [(byte)'f'] ? 0 : throw new RedisProtocolException("A boolean of a reply is neither t nor f.");

    private static long ParseInteger(ReadOnlySpan<byte> line) =>
        Utf8Parser.TryParse(line, out long value, out var used) && used == line.Length
            ? value
            : throw new RedisProtocolException("A number in a reply is not a 64-bit integer.");

    private static RedisProtocolException Unexpected(byte type, string wanted) =>
        RespLimits.IsType(type) ? new RedisProtocolException($"A reply has type '{(char)type}' where {wanted} belongs.") : RespLimits.UnknownType(type);
}
