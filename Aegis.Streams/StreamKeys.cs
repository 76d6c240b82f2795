using System.Buffers.Text;
using Aegis.Core.Transactions;

namespace Aegis.Streams;

/// <summary>Names of Redis keys.</summary>
public static class StreamKeys
{
    /// <summary>The live feed's stream.</summary>
    public const string Live = "aegis:live";

    /// <summary>A shard's log; the braces are a cluster hash tag.</summary>
    public static string Log(int shard) => $"aegis:tx:{{{shard}}}";

    /// <summary>The scoring processes that live, by heartbeat.</summary>
    public const string Members = "aegis:members";

    /// <summary>Who owns a shard.</summary>
    public static string Lease(int shard) => $"aegis:lease:{{{shard}}}";

    /// <summary>Decisions for the callers of one process, made by others.</summary>
    public static string Replies(string instance) => $"aegis:replies:{instance}";

    /// <summary>Reads the shard out of a log's name.</summary>
    public static bool TryReadShard(ReadOnlySpan<byte> key, out int shard)
    {
        shard = 0;
        return key.StartsWith("aegis:tx:{"u8) && Utf8Parser.TryParse(key["aegis:tx:{".Length..], out shard, out _);
    }

    /// <summary>What the keys of all producers begin with.</summary>
    public const string Producers = "aegis:producer:";

    /// <summary>What a shard has of a producer's items (<see cref="ProducerProgress"/>); moves in one transaction with its log.</summary>
    public static string Producer(int shard, string name) => $"{Producers}{{{shard}}}:{name}";

    /// <summary>Where a named run of a producer began.</summary>
    public static string ProducerRun(string name, string run) => $"aegis:run:{name}:{run}";

    /// <summary>The log of a transaction's card.</summary>
    public static string LogOf(Transaction transaction, int shardCount) => Log(StableHash.ShardOf(transaction.CardToken, shardCount));
}
