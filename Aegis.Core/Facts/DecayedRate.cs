namespace Aegis.Core.Facts;

/// <summary>Events decayed over 1 and over 30 days.</summary>
internal struct DecayedRate
{
    private const double DayMs = 86_400e3;
    private const double MonthMs = 30 * DayMs;

    private double _day;
    private double _month;

    /// <summary>Events decayed over 30 days, some time after the last <see cref="Add"/>.</summary>
    public readonly double MonthAfter(double elapsedMs) => _month * Math.Exp(-elapsedMs / MonthMs);

    /// <summary>ln of the last day's events against the daily mean of 30 days, both padded by half an event.</summary>
    public readonly double BurstAfter(double elapsedMs) =>
        Math.Log(((_day * Math.Exp(-elapsedMs / DayMs)) + 0.5) / ((MonthAfter(elapsedMs) / 30) + 0.5));

    /// <summary>Takes in events some time after the last ones.</summary>
    public void Add(double events, double elapsedMs)
    {
        _day = (_day * Math.Exp(-elapsedMs / DayMs)) + events;
        _month = MonthAfter(elapsedMs) + events;
    }
}
