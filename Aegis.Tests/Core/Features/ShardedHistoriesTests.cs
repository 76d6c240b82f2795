using Aegis.Core.Facts;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using static Aegis.Tests.Core.TestPayments;

namespace Aegis.Tests.Core.Features;

public sealed class ShardedHistoriesTests
{
    private readonly ShardedHistories _histories = new(CurrencyRates.Default, shardCount: 3);
    private readonly float[] _features = new float[FeatureSchema.Count];

    /// <summary>What an hour counted is published at its end, and read one hour later.</summary>
    [Fact]
    public void Facts_AreReadOneIntervalLate()
    {
        Add(Midnight);
        Add(Midnight + HourMs - 1);
        Assert.Equal((0, 0), (_histories.Facts.VersionMs, _histories.Facts.Population.Payments));
        Add(Midnight + HourMs);
        Assert.Equal((Midnight, 0), (_histories.Facts.VersionMs, _histories.Facts.Population.Payments));
        Add(Midnight + (2 * HourMs) - 1);
        Assert.Equal((Midnight, 0), (_histories.Facts.VersionMs, _histories.Facts.Population.Payments));
        Add(Midnight + (2 * HourMs));
        Assert.Equal((Midnight + HourMs, 2), (_histories.Facts.VersionMs, _histories.Facts.Population.Payments));
        // Hours without a payment have no barrier: the hour before is read after them.
        Add(Midnight + (9 * HourMs));
        Assert.Equal((Midnight + (2 * HourMs), 4), (_histories.Facts.VersionMs, _histories.Facts.Population.Payments));
        Add(Midnight + (10 * HourMs));
        Assert.Equal((Midnight + (9 * HourMs), 5), (_histories.Facts.VersionMs, _histories.Facts.Population.Payments));
    }

    [Fact]
    public void ExtractAndAdd_OfAPaymentBehindTheBarrier_PassesNone()
    {
        Add(Midnight + HourMs);
        Add(Midnight + (2 * HourMs));
        var version = _histories.Facts.VersionMs;
        Assert.True(Add(Midnight));
        Assert.Equal(version, _histories.Facts.VersionMs);
    }

    [Fact]
    public void ExtractAndAdd_OfAPaymentTooLate_SaysSo()
    {
        Assert.True(Add(Midnight + DayMs));
        Assert.True(Add(Midnight));
        Assert.False(Add(Midnight - 1));
        Assert.True(Add(Midnight - 1, card: 2));
    }

    [Fact]
    public void Facts_AreThoseOfAllShards()
    {
        for (var card = 0ul; card < 30; card++)
        {
            Add(Midnight, card);
        }

        Add(Midnight + HourMs);
        Add(Midnight + (2 * HourMs));
        Assert.Equal(30, _histories.Facts.Population.Payments);
        Assert.Equal(30, _histories.Facts.Merchants.Find(2).NewCards.MonthAfter(RateDecay.After(0)));
    }

    /// <summary>Which shard a card is in changes no feature: all shards read the same facts, and each card has one.</summary>
    [Fact]
    public void ExtractAndAdd_OverAnyNumberOfShards_GivesTheSameFeatures()
    {
        const ulong Seed = 9;
        var random = new SeededRandom(Seed);
        var (one, many) = (new ShardedHistories(CurrencyRates.Default, 1), new ShardedHistories(CurrencyRates.Default, 5));
        var other = new float[FeatureSchema.Count];
        for (var i = 0; i < 400; i++)
        {
            var payment = Of(
                Midnight + (i * 10 * MinuteMs), random.NextInt(90), card: random.NextBits() % 20, merchant: 1 + (ulong)random.NextInt(5));
            one.ExtractAndAdd(payment, _features);
            many.ExtractAndAdd(payment, other);
            var label = payment.Labelled(random.NextBool(0.2), payment.TimeMs);
            one.AddLabel(label);
            many.AddLabel(label);
            for (var feature = 0; feature < FeatureSchema.Count; feature++)
            {
                // Norms of parts are joined in another order.
                Assert.True(
                    Math.Abs(_features[feature] - other[feature]) < 1e-3 * (1 + Math.Abs(other[feature])),
                    $"seed {Seed}, payment {i}, {(Feature)feature}: {_features[feature]} and {other[feature]}");
            }
        }
    }

    [Fact]
    public void ExtractAndAdd_OfATransaction_IsThatOfItsPayment()
    {
        var other = new ShardedHistories(CurrencyRates.Default, shardCount: 3);
        var (expected, transaction) = (new float[FeatureSchema.Count], TestTransactions.Valid());
        for (var i = 0; i < 2; i++)
        {
            other.ExtractAndAdd(Aegis.Core.Payments.Payment.Of(transaction, CurrencyRates.Default), expected);
            _histories.ExtractAndAdd(transaction, _features);
            Assert.Equal(expected, _features);
        }
    }

    private bool Add(long timeMs, ulong card = 1) => _histories.ExtractAndAdd(Of(timeMs, card: card), _features);
}
