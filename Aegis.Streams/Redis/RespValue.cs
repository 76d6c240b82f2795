using System.Text;

namespace Aegis.Streams.Redis;

/// <summary>What a reply is. RESP3's booleans are integers here, its doubles and big numbers bulk strings, its sets arrays, as RESP2 sends them.</summary>
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

    /// <summary>Keys and values in turn (RESP3).</summary>
    Map,
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

    /// <summary>The elements of an array, the keys and values of a map in turn; empty otherwise.</summary>
    public RespValue[] Items => _content as RespValue[] ?? [];

    /// <summary>The pairs of a map, which RESP2 sends as an array of two-item arrays; empty otherwise.</summary>
    /// <exception cref="RedisProtocolException">An array of anything else.</exception>
    public IEnumerable<(RespValue Key, RespValue Value)> Pairs => Kind == RespKind.Map
        ? Items.Chunk(2).Select(pair => (pair[0], pair[1]))
        : Items.Select(item => item.Items is [var key, var value] ? (key, value) : throw new RedisProtocolException("A reply has something else where a pair of values belongs."));

    /// <summary>A status, an error, an integer or bytes as text.</summary>
    public string Text => _content switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Kind == RespKind.Integer ? Integer.ToString() : "",
    };

    /// <summary>The bytes of a reply that was asked for as they are.</summary>
    internal ReplyBuffer? Raw => _content as ReplyBuffer;

    internal static RespValue Null => default;

    internal static RespValue OfSimple(string text) => new(RespKind.Simple, text);

    internal static RespValue OfError(string text) => new(RespKind.Error, text);

    internal static RespValue OfInteger(long value) => new(RespKind.Integer, null, value);

    internal static RespValue OfBulk(byte[] bytes) => new(RespKind.Bulk, bytes);

    internal static RespValue OfArray(RespValue[] items) => new(RespKind.Array, items);

    internal static RespValue OfMap(RespValue[] items) => new(RespKind.Map, items);

    internal static RespValue OfRaw(ReplyBuffer reply) => new(RespKind.Bulk, reply);
}
