using Aegis.Core.Transactions;
using Aegis.Streams.Redis;

namespace Aegis.Streams;

/// <summary>What a producer appends to one shard in one transaction: all of it with the shard's record of progress, or nothing.</summary>
/// <param name="shard">The shard.</param>
/// <param name="largestFrame">The most transactions to decide in one entry, 1 and more.</param>
public sealed class ShardBatch(int shard, int largestFrame)
{
    private readonly List<long> _numbers = [];
    private readonly FrameWriter _writer = new(largestFrame);

    /// <summary>The shard.</summary>
    public int Shard => shard;

    /// <summary>The numbers of its items, ascending.</summary>
    public IReadOnlyList<long> Numbers => _numbers;

    /// <summary>Adds an item.</summary>
    /// <param name="number">Its number among the producer's items, above that of the item before.</param>
    /// <param name="history">What the log must know of the card first; not decided.</param>
    /// <param name="transaction">The transaction, of this shard.</param>
    /// <param name="producedAt">When it was made, UTC.</param>
    public void Add(long number, IReadOnlyList<Transaction> history, Transaction transaction, DateTimeOffset producedAt)
    {
        ArgumentNullException.ThrowIfNull(history);
        _numbers.Add(number);
        foreach (var past in history)
        {
            _writer.Add(past, isHistory: true, producedAt);
        }

        _writer.Add(transaction, isHistory: false, producedAt);
    }

    /// <summary>Appends it with the shard's record; only the record where the shard has it already, which replicas may not have yet.</summary>
    internal IEnumerable<RedisCommand> Commands(string producer, ProducerProgress progress)
    {
        var record = new RedisCommand("SET", StreamKeys.Producer(shard, producer), progress.Record(shard, _numbers));
        return progress.Names(shard, _numbers[^1])
            ? [record]
            : [new RedisCommand("MULTI"), .. _writer.Finish().Select(entry => new RedisCommand("XADD", StreamKeys.Log(shard), "*", MessageCodec.BinaryField).Add((ReadOnlySpan<byte>)entry)), record, new RedisCommand("EXEC")];
    }
}
