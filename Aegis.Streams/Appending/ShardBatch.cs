using Aegis.Core.Facts;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;

namespace Aegis.Streams.Appending;

/// <summary>The entries that a producer appends to one shard in one transaction: all of them with the shard's record of
/// progress, or none.</summary>
/// <param name="shard">The shard.</param>
/// <param name="largestFrame">The most transactions to decide in one entry, 1 and more.</param>
/// <param name="producer">The producer's name.</param>
public sealed class ShardBatch(int shard, int largestFrame, string producer)
{
    private readonly List<long> _numbers = [];
    private readonly List<(string Field, byte[] Value)> _entries = [];
    private FrameWriter _writer = new(largestFrame, producer);

    /// <summary>The shard.</summary>
    public int Shard => shard;

    /// <summary>The numbers of its items, ascending; empty if it holds only barriers.</summary>
    public IReadOnlyList<long> Numbers => _numbers;

    /// <summary>Adds an item.</summary>
    /// <param name="number">The item's number among the producer's items, above that of the item before.</param>
    /// <param name="history">The card's history, which the log must have first; not decided.</param>
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

    /// <summary>Adds a barrier after the items so far. A barrier has no number: one sent again is ignored.</summary>
    public void Add(FactBarrier barrier)
    {
        CloseFrame();
        _entries.Add((ControlEntry.Field, ControlEntry.Of(barrier).ToJson()));
    }

    /// <summary>The commands that append the entries and set the shard's record, as one transaction. If the shard has
    /// the items already, only the record is set, because replicas may not have it yet.</summary>
    internal IReadOnlyList<RedisCommand> Commands(ProducerProgress progress)
    {
        var record = new RedisCommand("SET", StreamKeys.Producer(shard, producer), progress.Record(shard, _numbers));
        CloseFrame();
        return _numbers.Count > 0 && progress.Names(shard, _numbers[^1])
            ? [record]
            : [.. _entries.Select(entry => new RedisCommand("XADD", StreamKeys.Log(shard), "*", entry.Field, entry.Value)), record];
    }

    private void CloseFrame()
    {
        _entries.AddRange(_writer.Finish().Select(entry => (MessageCodec.BinaryField, entry)));
        _writer = new FrameWriter(largestFrame, producer);
    }
}
