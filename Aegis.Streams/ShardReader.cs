using System.Buffers;
using Aegis.Core.Decisions;
using Aegis.Streams.Redis;

namespace Aegis.Streams;

/// <summary>
/// Reads several shards from positions that the caller keeps: with one blocking XREAD on a single server; in a cluster, where one command cannot have keys of several
/// slots, with one XREAD a shard, at short intervals, because one that blocked would hold up the others of its node.
/// </summary>
public sealed class ShardReader(RedisClient redis, StreamOptions options)
{
    private static readonly TimeSpan Block = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    private readonly ReadSize _size = new(options.ReadBatch);

    /// <summary>Reads what stands after the given positions; waits up to a quarter of a second where nothing does. The caller releases what it gets.</summary>
    /// <param name="after">The last position read of each shard, by shard number.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<IReadOnlyList<ShardEntries>> ReadAsync(IReadOnlyDictionary<int, LogPosition> after, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(after);
        try
        {
            return await redis.IsClusterAsync(cancel) ? await PollAsync(after, cancel) : await BlockAsync(after, cancel);
        }
        catch (RedisException)
        {
            _size.Fail();
            throw;
        }
    }

    private async Task<List<ShardEntries>> BlockAsync(IReadOnlyDictionary<int, LogPosition> after, CancellationToken cancel)
    {
        var command = new RedisCommand("XREAD", "COUNT").Add(_size.Entries).Add("BLOCK").Add((long)Block.TotalMilliseconds).Add("STREAMS");
        foreach (var shard in after.Keys)
        {
            command.Add(StreamKeys.Log(shard));
        }

        foreach (var position in after.Values)
        {
            command.Add(position.ToString());
        }

        var reply = await redis.ExecuteRawAsync(command, Block, cancel);
        _size.Learn(reply.Bytes.Length);
        return Read(reply);
    }

    private async Task<List<ShardEntries>> PollAsync(IReadOnlyDictionary<int, LogPosition> after, CancellationToken cancel)
    {
        var commands = after.Select(shard => new RedisCommand("XREAD", "COUNT").Add(_size.Entries).Add("STREAMS").Add(StreamKeys.Log(shard.Key)).Add(shard.Value.ToString())).ToArray();
        var started = redis.Time.GetTimestamp();
        while (true)
        {
            var replies = await Task.WhenAll(commands.Select(command => redis.ExecuteRawAsync(command, TimeSpan.Zero, cancel)));
            _size.Learn(replies.Sum(reply => reply.Bytes.Length));
            var read = replies.SelectMany(Read).ToList();
            if (read.Count > 0 || redis.Time.GetElapsedTime(started) > Block)
            {
                return read;
            }

            await Task.Delay(Interval, redis.Time, cancel);
        }
    }

    /// <summary>Reads a shard's entries after one position up to and including another; null where there is none. The caller releases what it gets.</summary>
    public async Task<ShardEntries?> ReadRangeAsync(int shard, LogPosition after, LogPosition last, int count, CancellationToken cancel)
    {
        var command = new RedisCommand("XRANGE", StreamKeys.Log(shard), $"({after}", last.ToString(), "COUNT", count.ToString());
        var reply = new SharedReply(await redis.ExecuteRawAsync(command, TimeSpan.Zero, cancel));
        try
        {
            var cursor = new RespCursor(reply.Bytes);
            return ReadEntries(ref cursor, shard, reply);
        }
        finally
        {
            reply.Release();
        }
    }

    /// <summary>The position of a shard's last entry; null where it has none.</summary>
    public async Task<LogPosition?> LastPositionAsync(int shard, CancellationToken cancel)
    {
        var reply = await redis.ExecuteAsync(new RedisCommand("XREVRANGE", StreamKeys.Log(shard), "+", "-", "COUNT", "1"), cancel);
        return reply.Items.Length == 0 ? null
            : LogPosition.TryParse(reply.Items[0].Items[0].Text, out var position) ? position
            : throw new RedisProtocolException("XREVRANGE returned an entry without a position.");
    }

    private static List<ShardEntries> Read(ReplyBuffer buffer)
    {
        var reply = new SharedReply(buffer);
        try
        {
            return ReadStreams(reply);
        }
        finally
        {
            reply.Release();
        }
    }

    /// <summary>Where a shard's log begins, and whether entries were removed from it.</summary>
    public async Task<LogExtent> ExtentAsync(int shard, CancellationToken cancel)
    {
        var reply = (await redis.ExecuteAllAsync([new RedisCommand("XINFO", "STREAM", StreamKeys.Log(shard))], cancel))[0];
        if (reply.Kind == RespKind.Error && reply.Text.StartsWith("ERR no such key", StringComparison.Ordinal))
        {
            return default;
        }

        // length, 3, ..., entries-added, 5, ..., first-entry, [1700000000000-0, [b, ...]], ...
        var fields = RedisClient.Checked(reply).Items.Chunk(2).ToDictionary(pair => pair[0].Text, pair => pair[1]);
        var length = fields["length"].Integer;
        var added = fields.TryGetValue("entries-added", out var count) ? count.Integer : length;
        return fields["first-entry"].Items is not [var id, ..] ? new LogExtent(null, added > 0)
            : LogPosition.TryParse(id.Text, out var first) ? new LogExtent(first, added > length)
            : throw new RedisProtocolException("XINFO returned an entry without a position.");
    }

    private static List<ShardEntries> ReadStreams(SharedReply reply)
    {
        var cursor = new RespCursor(reply.Bytes);
        var streams = cursor.ReadPairsHeader();
        var shards = new List<ShardEntries>(Math.Max(0, streams));
        for (var i = 0; i < streams; i++)
        {
            cursor.EnterPair();
            if (!StreamKeys.TryReadShard(cursor.ReadBulk(), out var shard))
            {
                throw new RedisProtocolException("XREAD returned a stream that was not asked for.");
            }

            if (ReadEntries(ref cursor, shard, reply) is { } entries)
            {
                shards.Add(entries);
            }
        }

        return shards;
    }

    private static ShardEntries? ReadEntries(ref RespCursor cursor, int shard, SharedReply reply)
    {
        var count = cursor.ReadArrayHeader();
        if (count <= 0)
        {
            return null;
        }

        var entries = ArrayPool<RawEntry>.Shared.Rent(count);
        for (var i = 0; i < count; i++)
        {
            entries[i] = ReadEntry(ref cursor);
        }

        return new ShardEntries(shard, reply, entries, count);
    }

    private static RawEntry ReadEntry(ref RespCursor cursor)
    {
        cursor.ReadArrayHeader();
        if (!LogPosition.TryParse(cursor.ReadBulk(), out var position))
        {
            throw new RedisProtocolException("An entry's id is not milliseconds-sequence.");
        }

        var from = cursor.Position;
        var fields = cursor.ReadArrayHeader() / 2;
        for (var field = 0; field < fields; field++)
        {
            var kind = ShardEntries.KindOf(cursor.ReadBulk());
            var value = cursor.ReadBulk();
            if (kind != EntryKind.Unknown)
            {
                var start = cursor.BulkStart;
                for (field++; field < fields; field++)
                {
                    cursor.ReadBulk();
                    cursor.ReadBulk();
                }

                return new RawEntry(position, kind, start, value.Length);
            }
        }

        return new RawEntry(position, EntryKind.Unknown, from, cursor.Position - from);
    }
}
