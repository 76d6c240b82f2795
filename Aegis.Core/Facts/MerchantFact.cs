using Aegis.Core.Numerics;
using Aegis.Core.Payments;


namespace Aegis.Core.Facts;

/// <summary>The facts about a merchant over all shards: activity, usual amount, distinct cards.</summary>
internal struct MerchantFact
{
    private const float AmountMemory = 1_000;
    private const long DayMs = 86_400_000;

    public RunningNorm AmountLog;
    public DecayedRate Payments;
    public DecayedRate NewCards;
    public DecayedRate SmallAmounts;

    private long _newestMs;
    private int _day;
    private float _cards;
    private CardSketch _yesterday;
    private CardSketch _today;

    /// <summary>The shares of the rates that are left at a moment; all of them if the moment lies before the last
    /// interval's end.</summary>
    public readonly RateDecay DecayUntil(long timeMs) => RateDecay.After(Math.Max(0, timeMs - _newestMs));

    /// <summary>The payments decayed over 30 days, at a moment; 0 if there was none for longer than the given days.</summary>
    public readonly double ActivityAt(long timeMs, int days) =>
        timeMs - _newestMs > days * DayMs ? 0 : Payments.MonthAfter(DecayUntil(timeMs));

    /// <summary>The distinct cards on a UTC day and the day before, as far as intervals have ended; 0 if neither is the
    /// newest known day.</summary>
    public readonly float CardsOn(int day) => day - _day <= 1 ? _cards : 0;

    /// <summary>Adds one shard's counts of an interval that ended at <paramref name="endMs"/>. Intervals come in order.</summary>
    public void Add(long endMs, in MerchantCounts counts)
    {
        var decay = RateDecay.After(endMs - _newestMs);
        Payments.Add(counts.Payments, decay);
        NewCards.Add(counts.NewCards, decay);
        SmallAmounts.Add(counts.SmallAmounts, decay);
        _newestMs = endMs;
        AmountLog.Add(counts.AmountLog, AmountMemory);

        var day = Payment.DayOf(endMs - 1);
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
