namespace Aegis.Core.Features;

/// <summary>Kilometres between a card's payments at terminals, decayed over 1 and 30 days.</summary>
internal struct TravelSums
{
    private const double DayMs = 86_400e3;
    private const double MonthMs = 30 * DayMs;

    private float _day;
    private float _month;

    /// <summary>What is left of both sums after a time.</summary>
    public readonly (double Day, double Month) After(double elapsedMs) => (_day * Math.Exp(-elapsedMs / DayMs), _month * Math.Exp(-elapsedMs / MonthMs));

    /// <summary>Takes in a distance.</summary>
    public void Add(double km, double elapsedMs)
    {
        var (day, month) = After(elapsedMs);
        _day = (float)(day + km);
        _month = (float)(month + km);
    }
}
