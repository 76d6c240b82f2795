using Aegis.Core.Decisions;
using Aegis.Streams.Redis;

namespace Aegis.Streams;

/// <summary>
/// Reads several shards from positions that the caller keeps: with one blocking XREAD on a single server; in a cluster, where one command cannot have keys of several
/// slots, with one XREAD a shard, at short intervals, because one that blocked would hold up the others of its node.
/// </summary>
public sealed class ShardReader(RedisClient redis, StreamOptions options)
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <summary>Reads what stands after the given positions; waits up to a second where nothing does.</summary>
    /// <param name="after">The last position read of each shard, by shard number.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<IReadOnlyList<ShardEntries>> ReadAsync(IReadOnlyDictionary<int, LogPosition> after, CancellationToken cancel)
    {
        return await redis.IsClusterAsync(cancel) ? await PollAsync(after, cancel) : await BlockAsync(after, cancel);
    }

    private async Task<IReadOnlyList<ShardEntries>> BlockAsync(IReadOnlyDictionary<int, LogPosition> after, CancellationToken cancel)
    {
        var shards = after.Keys.ToArray();
        var command = new RedisCommand("XREAD", "COUNT").Add(options.ReadBatch).Add("BLOCK").Add((long)Block.TotalMilliseconds).Add("STREAMS");
        foreach (var shard in shards)
        {
            command.Add(StreamKeys.Log(shard));
        }

        foreach (var shard in shards)
        {
            command.Add(after[shard].ToString());
        }

        var reply = await redis.ExecuteAsync(command, Block, cancel);
        var names = shards.ToDictionary(StreamKeys.Log, shard => shard);
        return [.. reply.Pairs.Select(stream => new ShardEntries(names[stream.Key.Text], [.. stream.Value.Items.Select(ReadEntry)]))];
    }

    private async Task<IReadOnlyList<ShardEntries>> PollAsync(IReadOnlyDictionary<int, LogPosition> after, CancellationToken cancel)
    {
        var shards = after.ToArray();
        var commands = shards.Select(shard => new RedisCommand("XREAD", "COUNT").Add(options.ReadBatch).Add("STREAMS").Add(StreamKeys.Log(shard.Key)).Add(shard.Value.ToString())).ToArray();
        var started = redis.Time.GetTimestamp();
        while (true)
        {
            var replies = await redis.ExecuteAllAsync(commands, cancel);
            var read = shards.Zip(replies, (shard, reply) => (Shard: shard.Key, Streams: RedisClient.Checked(reply).Pairs))
                .SelectMany(shard => shard.Streams.Select(stream => new ShardEntries(shard.Shard, [.. stream.Value.Items.Select(ReadEntry)]))).ToArray();
            if (read.Length > 0 || redis.Time.GetElapsedTime(started) > Block)
            {
                return read;
            }

            await Task.Delay(Interval, redis.Time, cancel);
        }
    }

    /// <summary>Reads a shard's entries after one position up to and including another.</summary>
    public async Task<IReadOnlyList<LogEntry>> ReadRangeAsync(int shard, LogPosition after, LogPosition last, int count, CancellationToken cancel)
    {
        var command = new RedisCommand("XRANGE", StreamKeys.Log(shard), $"({after}", last.ToString(), "COUNT", count.ToString());
        return [.. (await redis.ExecuteAsync(command, cancel)).Items.Select(ReadEntry)];
    }

    private static LogEntry ReadEntry(RespValue entry)
    {
        if (entry.Items is not [var id, var fields] || !LogPosition.TryParse(id.Text, out var position))
        {
            throw new RedisProtocolException("XREAD returned something else than entries of an id, milliseconds-sequence, and fields.");
        }

        return new LogEntry(position, [.. fields.Items.Select(item => item.Bytes)]);
    }
}
