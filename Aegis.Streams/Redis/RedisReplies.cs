using StackExchange.Redis;

namespace Aegis.Streams.Redis;

/// <summary>Reads replies that RESP2 and RESP3 shape differently.</summary>
public static class RedisReplies
{
    /// <summary>The pairs of a map, which RESP2 sends as an array of two-item arrays; none for null.</summary>
    /// <exception cref="RedisProtocolException">An array of anything else.</exception>
    public static IEnumerable<(RedisResult Key, RedisResult Value)> Pairs(this RedisResult reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        if (reply.IsNull)
        {
            yield break;
        }

        var isMap = reply.Resp3Type == ResultType.Map;
        for (var i = 0; i < reply.Length; i += isMap ? 2 : 1)
        {
            yield return isMap ? (reply[i], reply[i + 1])
                : reply[i].Length == 2 ? (reply[i][0], reply[i][1])
                : throw new RedisProtocolException("A reply has something else where a pair of values belongs.");
        }
    }

    /// <summary>The items of an array; none for null.</summary>
    public static RedisResult[] Items(this RedisResult reply)
    {
        ArgumentNullException.ThrowIfNull(reply);
        // RESP3 has one null for all types, and the cast refuses it.
        return reply.IsNull ? [] : (RedisResult[])reply!;
    }

    /// <summary>A reply as text; empty for null.</summary>
    public static string Text(this RedisResult reply) => (string?)reply ?? "";

    /// <summary>A reply's bytes; empty for null.</summary>
    public static byte[] Bytes(this RedisResult reply) => (byte[]?)reply ?? [];
}
