using Aegis.Core.Decisions;
using Aegis.Streams.Redis;

namespace Aegis.Streams.Reading;

/// <summary>What a shard's log says of itself.</summary>
/// <param name="Store">The identity of the store that holds its results.</param>
/// <param name="Base">The last entry that it need not hold: the store went on from there with another log before.
/// <see cref="LogPosition.Start"/> for a log that was never replaced.</param>
public readonly record struct LogMark(string Store, LogPosition Base);

/// <summary>Reads and writes the marks of a log's shards, which stand beside them in Redis and go where they go.</summary>
public sealed class LogMarks(RedisClient redis, StreamOptions options)
{
    // Entries that are appended from here on come after the position, even if the server's clock stands before it.
    private const string Raise = """
        if redis.call('EXISTS', KEYS[1]) == 0 then
            redis.call('XGROUP', 'CREATE', KEYS[1], 'raise', '$', 'MKSTREAM')
            redis.call('XGROUP', 'DESTROY', KEYS[1], 'raise')
        end
        redis.pcall('XSETID', KEYS[1], ARGV[1])
        redis.call('SET', KEYS[2], ARGV[2])
        return 1
        """;

    /// <summary>The marks of all shards; null where there is none.</summary>
    public async Task<IReadOnlyList<LogMark?>> ReadAsync(CancellationToken cancel)
    {
        var replies = await redis.ExecuteAllAsync(
            [.. Enumerable.Range(0, options.ShardCount).Select(shard => new RedisCommand("GET", StreamKeys.Mark(shard)))], cancel);
        return [.. replies.Select(reply => reply.IsNull ? null : Parse(reply.Text()))];
    }

    /// <summary>Marks a shard's log as a store's, unless it is marked already.</summary>
    public Task ClaimAsync(int shard, string store, CancellationToken cancel) => redis.ExecuteAsync(
        new RedisCommand("SET", StreamKeys.Mark(shard), Text(new LogMark(store, LogPosition.Start)), "NX"), cancel);

    /// <summary>Marks a shard's log anew. Later entries come after the mark's base.</summary>
    public Task ReplaceAsync(int shard, LogMark mark, CancellationToken cancel) => redis.ExecuteAsync(
        new RedisCommand("EVAL", Raise, 2, StreamKeys.Log(shard), StreamKeys.Mark(shard), mark.Base.ToString(), Text(mark)), cancel);

    private static string Text(LogMark mark) => $"{mark.Store} {mark.Base}";

    /// <summary>A mark that cannot be read belongs to nobody.</summary>
    private static LogMark? Parse(string text) =>
        text.Split(' ') is [var store, var position] && LogPosition.TryParse(position, out var at)
            ? new LogMark(store, at)
            : new("?", default);
}
