using Aegis.Core.Decisions;
using Aegis.Streams.Redis;

namespace Aegis.Streams;

/// <summary>Reads several shards with one blocking XREAD, from positions that the caller keeps.</summary>
public sealed class ShardReader(RedisClient redis, StreamOptions options)
{
    private static readonly TimeSpan Block = TimeSpan.FromSeconds(1);

    /// <summary>Reads what stands after the given positions; waits up to a second where nothing does.</summary>
    /// <param name="after">The last position read of each shard, by shard number.</param>
    /// <param name="cancel">Stops waiting.</param>
    public async Task<IReadOnlyList<ShardEntries>> ReadAsync(IReadOnlyDictionary<int, LogPosition> after, CancellationToken cancel)
    {
        var shards = after.Keys.ToArray();
        var command = new RedisCommand("XREAD", "COUNT", options.ReadBatch.ToString(), "BLOCK", Block.TotalMilliseconds.ToString(), "STREAMS");
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

    /// <summary>Reads a shard's entries after one position up to and including another.</summary>
    public async Task<IReadOnlyList<LogEntry>> ReadRangeAsync(int shard, LogPosition after, LogPosition last, int count, CancellationToken cancel)
    {
        var command = new RedisCommand("XRANGE", StreamKeys.Log(shard), $"({after}", last.ToString(), "COUNT", count.ToString());
        return [.. (await redis.ExecuteAsync(command, cancel)).Items.Select(ReadEntry)];
    }

    private static LogEntry ReadEntry(RespValue entry)
    {
        if (!LogPosition.TryParse(entry.Items[0].Text, out var position))
        {
            throw new RedisProtocolException($"XREAD returned the entry id '{entry.Items[0].Text}'; allowed: milliseconds-sequence.");
        }

        return new LogEntry(position, [.. entry.Items[1].Items.Select(item => item.Bytes)]);
    }
}
