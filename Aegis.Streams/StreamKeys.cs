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

    /// <summary>The stream of finished ingestions.</summary>
    public static RedisKey Ingestions { get; } = "aegis:ingestions";

    /// <summary>A shard's log; the braces are a cluster hash tag.</summary>
    public static RedisKey Log(int shard) => $"aegis:tx:{{{shard}}}";

    /// <summary>The mark that tells which store a shard's log belongs to; in the log's own slot.</summary>
    public static RedisKey Mark(int shard) => $"aegis:mark:{{{shard}}}";

    /// <summary>The live scoring processes, by heartbeat.</summary>
    public static RedisKey Members { get; } = "aegis:members";

    /// <summary>The lease that tells who owns a shard.</summary>
    public static RedisKey Lease(int shard) => $"aegis:lease:{{{shard}}}";

    /// <summary>Decisions for the callers of one process, made by other processes.</summary>
    public static RedisKey Replies(string instance) => $"aegis:replies:{instance}";

    /// <summary>Reads the shard's number from a log's key, with any prefix.</summary>
    public static bool TryReadShard(ReadOnlySpan<byte> key, out int shard)
    {
        shard = 0;
        var start = key.IndexOf("aegis:tx:{"u8);
        return start >= 0 && Utf8Parser.TryParse(key[(start + "aegis:tx:{".Length)..], out shard, out _);
    }

    /// <summary>The beginning of the keys of all producers.</summary>
    public const string Producers = "aegis:producer:";

    /// <summary>A shard's record of a producer's items (<see cref="ProducerProgress"/>). It moves in one transaction
    /// with the shard's log.</summary>
    public static RedisKey Producer(int shard, string name) => $"{Producers}{{{shard}}}:{name}";

    /// <summary>The number at which a producer's named run began.</summary>
    public static RedisKey ProducerRun(string name, string run) => $"aegis:run:{name}:{run}";

    /// <summary>The log of a transaction's card.</summary>
    public static RedisKey LogOf(Transaction transaction, int shardCount) => Log(StableHash.ShardOf(transaction.CardToken, shardCount));
}
