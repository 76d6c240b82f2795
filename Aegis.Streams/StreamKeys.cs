using System.Buffers.Text;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Streams.Appending;
using RedisKey = StackExchange.Redis.RedisKey;

namespace Aegis.Streams;

/// <summary>Names of Redis keys.</summary>
public static class StreamKeys
{
    /// <summary>The live feed's stream.</summary>
    public static RedisKey Live { get; } = "aegis:live";

    /// <summary>A shard's log; the braces are a cluster hash tag.</summary>
    public static RedisKey Log(int shard) => $"aegis:tx:{{{shard}}}";

    /// <summary>The scoring processes that live, by heartbeat.</summary>
    public static RedisKey Members { get; } = "aegis:members";

    /// <summary>Who owns a shard.</summary>
    public static RedisKey Lease(int shard) => $"aegis:lease:{{{shard}}}";

    /// <summary>Decisions for the callers of one process, made by others.</summary>
    public static RedisKey Replies(string instance) => $"aegis:replies:{instance}";

    /// <summary>Reads the shard out of a log's name, whatever its client puts before its keys.</summary>
    public static bool TryReadShard(ReadOnlySpan<byte> key, out int shard)
    {
        shard = 0;
        var start = key.IndexOf("aegis:tx:{"u8);
        return start >= 0 && Utf8Parser.TryParse(key[(start + "aegis:tx:{".Length)..], out shard, out _);
    }

    /// <summary>What the keys of all producers begin with.</summary>
    public const string Producers = "aegis:producer:";

    /// <summary>What a shard has of a producer's items (<see cref="ProducerProgress"/>); moves in one transaction with its log.</summary>
    public static RedisKey Producer(int shard, string name) => $"{Producers}{{{shard}}}:{name}";

    /// <summary>Where a named run of a producer began.</summary>
    public static RedisKey ProducerRun(string name, string run) => $"aegis:run:{name}:{run}";

    /// <summary>The log of a transaction's card.</summary>
    public static RedisKey LogOf(Transaction transaction, int shardCount) => Log(StableHash.ShardOf(transaction.CardToken, shardCount));
}
