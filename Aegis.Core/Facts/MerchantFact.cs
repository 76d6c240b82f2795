using Aegis.Core.Features;

namespace Aegis.Core.Facts;

/// <summary>What is known of a merchant over all shards: activity, usual amount, distinct cards.</summary>
internal struct MerchantFact
{
    private const float AmountMemory = 1_000;

    public RunningNorm AmountLog;
    public DecayedRate Payments;
    public DecayedRate NewCards;
    public DecayedRate SmallAmounts;

    private long _newestMs;
    private int _day;
    private float _cards;
    private CardSketch _yesterday;
    private CardSketch _today;

    /// <summary>Time since the last interval taken in, in milliseconds; 0 for a moment before it.</summary>
    public readonly double ElapsedMs(long timeMs) => Math.Max(0, timeMs - _newestMs);

    /// <summary>Distinct cards on a UTC day and the one before, as far as intervals have ended; 0 where neither is the newest known.</summary>
    public readonly double CardsOn(int day) => day - _day <= 1 ? _cards : 0;

    /// <summary>Takes in what one shard saw in an interval that ended at <paramref name="endMs"/>; intervals come in order.</summary>
    public void Add(long endMs, in MerchantCounts counts)
    {
        var elapsedMs = endMs - _newestMs;
        Payments.Add(counts.Payments, elapsedMs);
        NewCards.Add(counts.NewCards, elapsedMs);
        SmallAmounts.Add(counts.SmallAmounts, elapsedMs);
        _newestMs = endMs;
        AmountLog.Add(counts.AmountLog, AmountMemory);

        var day = PaymentFacts.DayOf(endMs - 1);
        if (day != _day)
        {
            _yesterday = day == _day + 1 ? _today : default;
            _today = default;
            _day = day;
        }

        _today.Add(counts.Cards);
        var both = _today;
        both.Add(_yesterday);
        _cards = (float)both.Estimate;
    }
}
