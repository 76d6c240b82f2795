using Aegis.Core.Decisions;
using Aegis.Streams;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;

namespace Aegis.Tests.Producer;

/// <summary>All payments that a log holds, entry by entry.</summary>
internal static class WholeLog
{
    /// <summary>The entries of each shard, in order.</summary>
    public static async Task<List<LogMessage>[]> ReadAsync(RedisClient redis, int shards)
    {
        var reader = new ShardReader(redis, new StreamOptions { ShardCount = shards }, TimeProvider.System);
        var all = new List<LogMessage>[shards];
        for (var shard = 0; shard < shards; shard++)
        {
            all[shard] = [];
            for (var after = LogPosition.Start; await reader.ReadRangeAsync(
                shard, after, new LogPosition(long.MaxValue, long.MaxValue), 1_000, CancellationToken.None) is { } entries;)
            {
                foreach (var entry in entries.Entries)
                {
                    if (entry.Kind == EntryKind.Binary)
                    {
                        all[shard].Add(MessageCodec.Decode(entries.Bytes.Slice(entry.Offset, entry.Length)));
                    }
                }

                after = entries.Entries[^1].Position;
                entries.Release();
            }
        }

        return all;
    }

    /// <summary>Ids of what is to be decided, in the order of a shard's log.</summary>
    public static IEnumerable<string> Ids(IEnumerable<LogMessage> entries) =>
        entries.Where(entry => !entry.IsHistory).SelectMany(entry => entry.Transactions).Select(transaction => transaction.Id);
}
