using System.Text;

namespace Aegis.Streams.Redis;

/// <summary>What a reply is (RESP2).</summary>
public enum RespKind : byte
{
    /// <summary>No value: a null bulk string or array.</summary>
    Null,

    /// <summary>A status line such as OK.</summary>
    Simple,

    /// <summary>An error line.</summary>
    Error,

    /// <summary>A 64-bit integer.</summary>
    Integer,

    /// <summary>Bytes.</summary>
    Bulk,

    /// <summary>Several values.</summary>
    Array,
}

/// <summary>One reply of the server.</summary>
public readonly struct RespValue
{
    private readonly object? _content;

    private RespValue(RespKind kind, object? content, long integer = 0)
    {
        Kind = kind;
        _content = content;
        Integer = integer;
    }

    /// <summary>What it is.</summary>
    public RespKind Kind { get; }

    /// <summary>The value of an integer; 0 otherwise.</summary>
    public long Integer { get; }

    /// <summary>The bytes of a bulk string; empty otherwise.</summary>
    public ReadOnlyMemory<byte> Bytes => _content as byte[] ?? [];

    /// <summary>The elements of an array; empty otherwise.</summary>
    public RespValue[] Items => _content as RespValue[] ?? [];

    /// <summary>A status, an error, an integer or bytes as text.</summary>
    public string Text => _content switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Kind == RespKind.Integer ? Integer.ToString() : "",
    };

    internal static RespValue Null => default;

    internal static RespValue OfSimple(string text) => new(RespKind.Simple, text);

    internal static RespValue OfError(string text) => new(RespKind.Error, text);

    internal static RespValue OfInteger(long value) => new(RespKind.Integer, null, value);

    internal static RespValue OfBulk(byte[] bytes) => new(RespKind.Bulk, bytes);

    internal static RespValue OfArray(RespValue[] items) => new(RespKind.Array, items);
}
