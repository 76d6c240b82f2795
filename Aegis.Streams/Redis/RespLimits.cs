using System.Buffers.Text;

namespace Aegis.Streams.Redis;

/// <summary>What this client takes from a server, which it does not trust: more than it ever asks for, and no more.</summary>
internal static class RespLimits
{
    /// <summary>The largest bulk string, in bytes.</summary>
    public const int LargestBulk = 64 << 20;

    /// <summary>The longest array, in values; a map counts its keys and its values.</summary>
    public const int LongestArray = 1 << 20;

    /// <summary>The longest line, in bytes.</summary>
    public const int LongestLine = 64 << 10;

    /// <summary>The longest line that is a length, such as <c>-1</c> or <c>67108864</c>, in bytes.</summary>
    public const int LongestLength = 11;

    /// <summary>How many arrays may stand in one another.</summary>
    public const int DeepestNesting = 8;

    /// <summary>The largest reply, in bytes.</summary>
    public const int LargestReply = 256 << 20;

    /// <summary>The shortest value, <c>_\r\n</c>, in bytes: so many must be there for each value that a length promises.</summary>
    public const int ShortestValue = 3;

    /// <summary>True where a reply of this type goes on after its first line.</summary>
    public static bool HasLength(byte type) => type is (byte)'$' or (byte)'*' or (byte)'%' or (byte)'~' or (byte)'>' or (byte)'!' or (byte)'=';

    /// <summary>True where what follows the first line are values, not bytes.</summary>
    public static bool IsAggregate(byte type) => type is (byte)'*' or (byte)'%' or (byte)'~' or (byte)'>';

    /// <summary>True where RESP2 or RESP3 has such a type and this client takes it.</summary>
    public static bool IsType(byte type) => HasLength(type) || type is (byte)'+' or (byte)'-' or (byte)':' or (byte)'_' or (byte)'#' or (byte)',' or (byte)'(';

    /// <summary>The bytes of a bulk string or the values of an array that the first line promises; -1 for null.</summary>
    /// <exception cref="RedisProtocolException">Not a number, or more than is taken.</exception>
    public static int ParseLength(byte type, ReadOnlySpan<byte> line)
    {
        if (type is (byte)'$' or (byte)'*' && line.SequenceEqual("-1"u8))
        {
            return -1;
        }

        var largest = type == (byte)'%' ? LongestArray / 2 : IsAggregate(type) ? LongestArray : LargestBulk;
        if (line.IsEmpty || line[0] is (byte)'-' or (byte)'+' || !Utf8Parser.TryParse(line, out long length, out var used) || used != line.Length || length > largest)
        {
            throw new RedisProtocolException($"A reply of type '{(char)type}' has a length that is not in 0 to {largest}.");
        }

        return type == (byte)'%' ? (int)length * 2 : (int)length;
    }

    /// <summary>A type that no reply has.</summary>
    public static RedisProtocolException UnknownType(byte type) => new($"A reply begins with byte 0x{type:x2}; allowed: + - : $ * _ # , ( ! = % ~ >.");
}
