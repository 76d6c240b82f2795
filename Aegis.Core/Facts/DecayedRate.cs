namespace Aegis.Core.Facts;

/// <summary>The shares of counts that are left after a time, decayed over 1 day and over 30 days.</summary>
internal readonly record struct RateDecay(double Day, double Month)
{
    private const double DayMs = 86_400e3;

    /// <summary>The shares left after <paramref name="elapsedMs"/> milliseconds.</summary>
    public static RateDecay After(double elapsedMs) => new(Math.Exp(-elapsedMs / DayMs), Math.Exp(-elapsedMs / (30 * DayMs)));
}

/// <summary>Events decayed over 1 day and over 30 days.</summary>
internal struct DecayedRate
{
    private double _day;
    private double _month;

    /// <summary>The events decayed over 30 days, some time after the last <see cref="Add"/>.</summary>
    public readonly double MonthAfter(RateDecay decay) => _month * decay.Month;

    /// <summary>ln of the last day's events over the daily mean of 30 days, both padded by half an event.</summary>
    public readonly float BurstAfter(RateDecay decay) => MathF.Log((float)(((_day * decay.Day) + 0.5) / ((MonthAfter(decay) / 30) + 0.5)));

    /// <summary>Adds events, some time after the last ones.</summary>
    public void Add(double events, RateDecay decay)
    {
        _day = (_day * decay.Day) + events;
        _month = MonthAfter(decay) + events;
    }
}
