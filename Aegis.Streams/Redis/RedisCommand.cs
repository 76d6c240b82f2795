using System.Buffers;
using System.Text;

namespace Aegis.Streams.Redis;

/// <summary>A command as its arguments, written as a RESP array of bulk strings.</summary>
public sealed class RedisCommand
{
    private readonly List<ReadOnlyMemory<byte>> _arguments = [];

    /// <param name="arguments">Name and arguments as text.</param>
    public RedisCommand(params ReadOnlySpan<string> arguments)
    {
        foreach (var argument in arguments)
        {
            Add(argument);
        }
    }

    /// <summary>Adds a text argument.</summary>
    public RedisCommand Add(string argument) => Add(Encoding.UTF8.GetBytes(argument));

    /// <summary>Adds a binary argument; the bytes are not copied.</summary>
    public RedisCommand Add(ReadOnlyMemory<byte> argument)
    {
        _arguments.Add(argument);
        return this;
    }

    internal void WriteTo(IBufferWriter<byte> writer)
    {
        WriteHeader(writer, '*', _arguments.Count);
        foreach (var argument in _arguments)
        {
            WriteHeader(writer, '$', argument.Length);
            writer.Write(argument.Span);
            writer.Write("\r\n"u8);
        }
    }

    private static void WriteHeader(IBufferWriter<byte> writer, char type, int count)
    {
        var span = writer.GetSpan(16);
        span[0] = (byte)type;
        count.TryFormat(span[1..], out var digits);
        "\r\n"u8.CopyTo(span[(1 + digits)..]);
        writer.Advance(digits + 3);
    }
}
