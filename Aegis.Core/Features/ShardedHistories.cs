using Aegis.Core.Transactions;

namespace Aegis.Core.Features;

/// <summary>The histories of all shards side by side, for offline runs: what the workers hold, in one place.</summary>
public sealed class ShardedHistories(CurrencyRates rates, int shardCount)
{
    private readonly ShardHistories[] _shards = [.. Enumerable.Range(0, shardCount).Select(_ => new ShardHistories(rates))];

    /// <summary>The histories that hold a transaction's card.</summary>
    public ShardHistories Of(Transaction transaction) => _shards[StableHash.ShardOf(transaction.CardToken, _shards.Length)];
}
