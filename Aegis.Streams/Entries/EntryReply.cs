using System.Buffers;
using Aegis.Core.Decisions;
using Aegis.Streams.Redis;
using RedisResult = StackExchange.Redis.RedisResult;

namespace Aegis.Streams.Entries;

/// <summary>Takes entries out of a reply: <c>[[1700000000000-0, [b, ...]], ...]</c>.</summary>
public static class EntryReply
{
    private const int UsualEntry = 256;

    /// <summary>The entries of one shard, up to the first whose id is no position: nothing can be read past that one. Null if there are
    /// none. The caller releases them.</summary>
    internal static ShardEntries? Read(int shard, RedisResult reply)
    {
        if (reply.IsNull || reply.Length == 0)
        {
            return null;
        }

        var count = reply.Length;
        while (count > 0 && !TryPositionOf(reply[count - 1], out _))
        {
            count--;
        }

        if (count == 0)
        {
            return null;
        }

        var raw = ArrayPool<RawEntry>.Shared.Rent(count);
        var bytes = new PooledWriter(count * UsualEntry);
        for (var i = 0; i < count; i++)
        {
            raw[i] = ReadEntry(reply[i], ref bytes);
        }

        return new ShardEntries(shard, bytes.Take(), raw, count);
    }

    /// <summary>The position of an entry.</summary>
    /// <exception cref="RedisProtocolException">The reply has no valid id.</exception>
    public static LogPosition PositionOf(RedisResult entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return TryPositionOf(entry, out var position)
            ? position
            : throw new RedisProtocolException("An entry's id is not milliseconds-sequence.");
    }

    /// <summary>The position of an entry; false where its id is none. Ids grow, so none after it is a position either: Redis takes ids
    /// up to 2^64 - 1, and a position ends at 2^63 - 1.</summary>
    public static bool TryPositionOf(RedisResult entry, out LogPosition position)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return LogPosition.TryParse(entry[0].Bytes(), out position);
    }

    private static RawEntry ReadEntry(RedisResult entry, ref PooledWriter bytes)
    {
        var position = PositionOf(entry);
        var fields = entry[1];
        var start = bytes.Length;
        for (var field = 0; field + 1 < fields.Length; field += 2)
        {
            if (ShardEntries.KindOf(fields[field].Bytes()) is var kind && kind != EntryKind.Unknown)
            {
                bytes.Write(fields[field + 1].Bytes());
                return new RawEntry(position, kind, start, bytes.Length - start);
            }
        }

        // These fields are unknown: they are kept as names and values, alternating, a line each.
        foreach (var part in fields.Items())
        {
            bytes.Write(part.Bytes());
            bytes.Write("\n"u8);
        }

        return new RawEntry(position, EntryKind.Unknown, start, bytes.Length - start);
    }
}
