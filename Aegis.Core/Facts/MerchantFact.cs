using Aegis.Core.Features;

namespace Aegis.Core.Facts;

/// <summary>What is known of a merchant over all shards: its activity and its usual amount.</summary>
internal struct MerchantFact
{
    private const double DayMs = 86_400e3;
    private const double MonthMs = 30 * DayMs;
    private const float AmountMemory = 1_000;

    public RunningNorm AmountLog;

    private long _newestMs;
    private double _dayCount;
    private double _monthCount;

    /// <summary>ln of the last day's payments against the daily mean of 30 days, both padded by half a payment.</summary>
    public readonly double BurstAt(long timeMs)
    {
        var elapsedMs = Math.Max(0, timeMs - _newestMs);
        var day = _dayCount * Math.Exp(-elapsedMs / DayMs);
        var month = _monthCount * Math.Exp(-elapsedMs / MonthMs);
        return Math.Log((day + 0.5) / ((month / 30) + 0.5));
    }

    /// <summary>Takes in what one shard saw in an interval that ended at <paramref name="endMs"/>; intervals come in order.</summary>
    public void Add(long endMs, in MerchantCounts counts)
    {
        var elapsedMs = endMs - _newestMs;
        _dayCount = (_dayCount * Math.Exp(-elapsedMs / DayMs)) + counts.Payments;
        _monthCount = (_monthCount * Math.Exp(-elapsedMs / MonthMs)) + counts.Payments;
        _newestMs = endMs;
        AmountLog.Add(counts.AmountLog, AmountMemory);
    }
}
