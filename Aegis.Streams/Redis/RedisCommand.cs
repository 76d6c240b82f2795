using System.Buffers;
using System.Text;

namespace Aegis.Streams.Redis;

/// <summary>A command: its name and arguments, encoded as they are added, as the bulk strings of a RESP array.</summary>
public sealed class RedisCommand
{
    // "$", up to ten digits, CR LF, and the CR LF after the bytes.
    private const int LargestFrame = 15;
    private const int LongestNumber = 20;

    private byte[] _encoded;
    private int _length;
    private int _count;

    /// <param name="arguments">Name and arguments as text.</param>
    public RedisCommand(params ReadOnlySpan<string> arguments)
    {
        var capacity = 0;
        foreach (var argument in arguments)
        {
            capacity += argument.Length + LargestFrame;
        }

        _encoded = new byte[capacity];
        foreach (var argument in arguments)
        {
            Add(argument);
        }
    }

    /// <summary>Name and arguments, as <c>$3\r\nGET\r\n$1\r\nk\r\n</c>.</summary>
    internal ReadOnlySpan<byte> Encoded => _encoded.AsSpan(0, _length);

    /// <summary>The number of arguments, the name included.</summary>
    internal int Count => _count;

    /// <summary>An argument by its place; the name is at 0.</summary>
    internal ReadOnlySpan<byte> Argument(int index)
    {
        var cursor = new RespCursor(Encoded);
        for (var i = 0; i < index; i++)
        {
            cursor.ReadBulk();
        }

        return cursor.ReadBulk();
    }

    /// <summary>Adds a text argument.</summary>
    public RedisCommand Add(string argument)
    {
        var bytes = Encoding.UTF8.GetByteCount(argument);
        Encoding.UTF8.GetBytes(argument, Frame(bytes));
        return this;
    }

    /// <summary>Adds a binary argument; the bytes are copied.</summary>
    public RedisCommand Add(ReadOnlyMemory<byte> argument) => Add(argument.Span);

    /// <summary>Adds a binary argument; the bytes are copied.</summary>
    public RedisCommand Add(ReadOnlySpan<byte> argument)
    {
        argument.CopyTo(Frame(argument.Length));
        return this;
    }

    /// <summary>Adds a number as its decimal digits.</summary>
    public RedisCommand Add(long argument)
    {
        Span<byte> digits = stackalloc byte[LongestNumber];
        argument.TryFormat(digits, out var length);
        return Add((ReadOnlySpan<byte>)digits[..length]);
    }

    internal void WriteTo(IBufferWriter<byte> writer)
    {
        var span = writer.GetSpan(_length + LargestFrame);
        var header = WriteHeader(span, '*', _count);
        Encoded.CopyTo(span[header..]);
        writer.Advance(header + _length);
    }

    /// <summary>Writes what stands around an argument, and gives the place of its bytes.</summary>
    private Span<byte> Frame(int bytes)
    {
        if (_encoded.Length - _length < bytes + LargestFrame)
        {
            Array.Resize(ref _encoded, Math.Max(_encoded.Length * 2, _length + bytes + LargestFrame));
        }

        _length += WriteHeader(_encoded.AsSpan(_length), '$', bytes);
        var place = _encoded.AsSpan(_length, bytes);
        "\r\n"u8.CopyTo(_encoded.AsSpan(_length + bytes));
        _length += bytes + 2;
        _count++;
        return place;
    }

    private static int WriteHeader(Span<byte> span, char type, int count)
    {
        span[0] = (byte)type;
        count.TryFormat(span[1..], out var digits);
        "\r\n"u8.CopyTo(span[(1 + digits)..]);
        return digits + 3;
    }
}
