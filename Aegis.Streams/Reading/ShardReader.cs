using Aegis.Core.Decisions;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using RedisResult = StackExchange.Redis.RedisResult;

namespace Aegis.Streams.Reading;

/// <summary>
/// Reads several shards from positions that the caller keeps. On a single server one blocking XREAD reads all of them.
/// In a cluster, one command cannot have keys of several slots, and one that blocked would hold up the others of its
/// node. There it sends one XREAD a shard, at short intervals.
/// </summary>
/// <param name="redis">A client of its own, because reads block; its timeout exceeds <see cref="Block"/>.</param>
/// <param name="options">The log's shape.</param>
/// <param name="time">Measures waiting times.</param>
public sealed class ShardReader(RedisClient redis, StreamOptions options, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    // Tells whether an entry is there without sending it.
    private const string CountAt = "return #redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])";

    private readonly ReadSize _size = new(options.ReadBatch);

    /// <summary>The longest time that a read blocks on the server.</summary>
    public static TimeSpan Block { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Reads the entries after the given positions. If there are none, it waits up to a quarter of a second.
    /// The caller releases the result.</summary>
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

    /// <summary>Reads a shard's entries after one position, up to and including another; null if there are none. The
    /// caller releases the result.</summary>
    public async Task<ShardEntries?> ReadRangeAsync(int shard, LogPosition after, LogPosition last, int count, CancellationToken cancel) =>
        EntryReply.Read(shard, await redis.ExecuteAsync(
            new RedisCommand("XRANGE", StreamKeys.Log(shard), $"({after}", last.ToString(), "COUNT", count), cancel));

    /// <summary>The position of a shard's last entry; null if it has none.</summary>
    public async Task<LogPosition?> LastPositionAsync(int shard, CancellationToken cancel)
    {
        var reply = await redis.ExecuteAsync(new RedisCommand("XREVRANGE", StreamKeys.Log(shard), "+", "-", "COUNT", 1), cancel);
        return reply.Length == 0 ? null : EntryReply.PositionOf(reply[0]);
    }

    /// <summary>The first entry of a shard's log, and whether entries were removed from it.</summary>
    public async Task<LogExtent> ExtentAsync(int shard, CancellationToken cancel)
    {
        if ((long)await redis.ExecuteAsync(new RedisCommand("EXISTS", StreamKeys.Log(shard)), cancel) == 0)
        {
            return default;
        }

        // length, 3, ..., last-generated-id, 1700000000000-2, ..., entries-added, 5, ..., first-entry, [1700000000000-0, [b, ...]], ...
        var fields = (await redis.ExecuteAsync(new RedisCommand("XINFO", "STREAM", StreamKeys.Log(shard)), cancel)).ToDictionary();
        var length = (long)fields["length"];
        long? added = fields.TryGetValue("entries-added", out var count) ? (long)count : null;
        var first = fields["first-entry"];
        var lastId = fields["last-generated-id"];
        if (!LogPosition.TryParse(lastId.Bytes(), out _))
        {
            return new LogExtent(null, IsTrimmed: false, added, lastId.Text());
        }

        return first.IsNull
            ? new LogExtent(null, added > 0, added)
            : new LogExtent(EntryReply.PositionOf(first), added > length, added);
    }

    /// <summary>True if a shard's log holds an entry.</summary>
    public async Task<bool> HoldsAsync(int shard, LogPosition position, CancellationToken cancel) => (long)await redis.ExecuteAsync(
        new RedisCommand("EVAL", CountAt, 1, StreamKeys.Log(shard), position.ToString()), cancel) == 1;

    private async Task<List<ShardEntries>> BlockAsync(IReadOnlyDictionary<int, LogPosition> after, CancellationToken cancel)
    {
        object[] arguments = ["COUNT", _size.Entries, "BLOCK", (long)Block.TotalMilliseconds, "STREAMS", .. after.Keys.Select(
            shard => (object)StreamKeys.Log(shard)), .. after.Values.Select(position => position.ToString())];
        var read = Read(after, await redis.ExecuteAsync(new RedisCommand("XREAD", arguments), cancel));
        _size.Learn(read.Sum(entries => entries.Bytes.Length));
        return read;
    }

    private async Task<List<ShardEntries>> PollAsync(IReadOnlyDictionary<int, LogPosition> after, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            RedisCommand[] commands = [.. after.Select(
                shard => new RedisCommand("XREAD", "COUNT", _size.Entries, "STREAMS", StreamKeys.Log(shard.Key), shard.Value.ToString()))];
            var read = (await redis.ExecuteAllAsync(commands, cancel)).SelectMany(reply => Read(after, reply)).ToList();
            _size.Learn(read.Sum(entries => entries.Bytes.Length));
            if (read.Count > 0 || time.GetElapsedTime(started) > Block)
            {
                return read;
            }

            await Task.Delay(Interval, time, cancel);
        }
    }

    private static List<ShardEntries> Read(IReadOnlyDictionary<int, LogPosition> asked, RedisResult reply)
    {
        var shards = new List<ShardEntries>(asked.Count);
        foreach (var (key, entries) in reply.Pairs())
        {
            if (!StreamKeys.TryReadShard(key.Bytes(), out var shard))
            {
                throw new RedisProtocolException("XREAD returned a stream that was not asked for.");
            }

            if (EntryReply.Read(shard, entries) is { } read)
            {
                shards.Add(read);
            }
        }

        return shards;
    }
}
