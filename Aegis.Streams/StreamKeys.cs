using Aegis.Core.Transactions;

namespace Aegis.Streams;

/// <summary>Names of Redis keys.</summary>
public static class StreamKeys
{
    /// <summary>The live feed's stream.</summary>
    public const string Live = "aegis:live";

    /// <summary>A shard's log; the braces are a cluster hash tag.</summary>
    public static string Log(int shard) => $"aegis:tx:{{{shard}}}";

    /// <summary>How far a producer has come; moves in one transaction with what it appended.</summary>
    public static string Producer(string name) => $"aegis:producer:{name}";

    /// <summary>The log of a transaction's card.</summary>
    public static string LogOf(Transaction transaction, int shardCount) => Log(StableHash.ShardOf(transaction.CardToken, shardCount));
}
