using Aegis.Core.Facts;
using Aegis.Core.Numerics;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;

namespace Aegis.Core.Features;

/// <summary>The histories of all shards side by side, for offline runs. It holds in one place what the workers hold,
/// under the same barriers that a replay appends.</summary>
public sealed class ShardedHistories
{
    /// <summary>The interval of facts in a replay and in training, in milliseconds: one hour of event time.</summary>
    public const long FactIntervalMs = 3_600_000;

    private readonly CurrencyRates _rates;
    private readonly ShardHistories[] _shards;
    private readonly FactCounts[] _published;
    private long _lastBarrierMs;

    /// <param name="rates">The rates that make amounts comparable.</param>
    /// <param name="shardCount">The number of shards.</param>
    /// <param name="labelDelayDays">See <see cref="ShardHistories.LabelDelayDays"/>.</param>
    public ShardedHistories(CurrencyRates rates, int shardCount, int labelDelayDays = ShardHistories.DefaultLabelDelayDays)
    {
        _rates = rates;
        _shards = [.. Enumerable.Range(0, shardCount)
            .Select(_ => new ShardHistories(rates) { Facts = Facts, LabelDelayDays = labelDelayDays })];
        _published = [.. _shards.Select(_ => new FactCounts())];
    }

    /// <summary>The present facts over all shards.</summary>
    public FactTable Facts { get; } = new();

    /// <summary>Computes the features of a transaction, then remembers it; see
    /// <see cref="ShardHistories.ExtractAndAdd(in Payment, Span{float}, Span{CardHistory})"/>.</summary>
    public bool ExtractAndAdd(Transaction transaction, Span<float> features) => ExtractAndAdd(Payment.Of(transaction, _rates), features);

    /// <inheritdoc cref="ExtractAndAdd(Transaction, Span{float})"/>
    public bool ExtractAndAdd(in Payment payment, Span<float> features)
    {
        var barrier = FactBarrier.At(payment.TimeMs, FactIntervalMs);
        if (barrier.IntervalEndMs > _lastBarrierMs)
        {
            Pass(barrier);
        }

        return _shards[StableHash.ShardOf(payment.CardHash, _shards.Length)].ExtractAndAdd(payment, features);
    }

    /// <summary>Adds a label of an earlier payment; see <see cref="ShardHistories.AddLabel"/>.</summary>
    public void AddLabel(in LabelledPayment label) => _shards[StableHash.ShardOf(label.CardHash, _shards.Length)].AddLabel(label);

    private void Pass(FactBarrier barrier)
    {
        // Counts published at the last barrier are at least one interval old, so they are read from here on.
        for (var shard = 0; shard < _shards.Length; shard++)
        {
            Facts.Add(_lastBarrierMs, _published[shard]);
            _published[shard].Clear();
            (_published[shard], _shards[shard].Counts) = (_shards[shard].Counts, _published[shard]);
        }

        _lastBarrierMs = barrier.IntervalEndMs;
    }
}
