namespace Aegis.Core.Features;

/// <summary>What one shard remembers of a merchant: its activity and its usual amount. It sees only the shard's own cards.</summary>
public struct MerchantHistory
{
    private const double DayMs = 86_400e3;
    private const double MonthMs = 30 * DayMs;

    private long _newestMs;
    private double _dayCount;
    private double _monthCount;

    internal RunningNorm AmountLog;

    /// <summary>ln of the last day's payments against the daily mean of 30 days, both padded by half a payment.</summary>
    internal readonly double BurstAt(long timeMs)
    {
        var elapsedMs = Math.Max(0, timeMs - _newestMs);
        var day = _dayCount * Math.Exp(-elapsedMs / DayMs);
        var month = _monthCount * Math.Exp(-elapsedMs / MonthMs);
        return Math.Log((day + 0.5) / ((month / 30) + 0.5));
    }

    internal void Add(long timeMs, double amountLog)
    {
        var elapsedMs = timeMs - _newestMs;
        if (elapsedMs >= 0)
        {
            _dayCount = (_dayCount * Math.Exp(-elapsedMs / DayMs)) + 1;
            _monthCount = (_monthCount * Math.Exp(-elapsedMs / MonthMs)) + 1;
            _newestMs = timeMs;
        }
        else
        {
            _dayCount += Math.Exp(elapsedMs / DayMs);
            _monthCount += Math.Exp(elapsedMs / MonthMs);
        }

        AmountLog.Add(amountLog, memory: 1_000);
    }
}
