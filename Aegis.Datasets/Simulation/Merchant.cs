namespace Aegis.Datasets.Simulation;

/// <summary>A merchant of the simulated world.</summary>
internal sealed class Merchant
{
    private const int DayMinutes = 24 * 60;

    /// <summary>Its number in the world.</summary>
    public required int Number { get; init; }

    /// <summary>Its id in transactions.</summary>
    public required string Id { get; init; }

    /// <summary>Its trade.</summary>
    public required Trade Trade { get; init; }

    /// <summary>The number of its city; for a web merchant, of the city where it is registered.</summary>
    public required int City { get; init; }

    /// <summary>True if it takes payments only on the web or by telephone.</summary>
    public required bool IsOnline { get; init; }

    /// <summary>Degrees north.</summary>
    public required double Latitude { get; init; }

    /// <summary>Degrees east.</summary>
    public required double Longitude { get; init; }

    /// <summary>The mean of ln EUR of its prices.</summary>
    public required double PriceLog { get; init; }

    /// <summary>The opening time, in minutes of the local day.</summary>
    public required int Opens { get; init; }

    /// <summary>The closing time, in minutes of the local day; above 1,440 if it is after midnight.</summary>
    public required int Closes { get; init; }

    /// <summary>True if it opens on Sundays.</summary>
    public required bool IsOpenOnSundays { get; init; }

    /// <summary>True if it is open at a time in Unix milliseconds.</summary>
    public bool IsOpenAt(long unixMs)
    {
        if (Trade.IsAlwaysOpen)
        {
            return true;
        }

        var local = unixMs + Simulation.City.All[City].UtcOffsetMs;
        var minute = (int)(local / 60_000 % DayMinutes);
        var day = CalendarDay.NumberOf(local);
        return IsWithin(minute, day) || IsWithin(minute + DayMinutes, day - 1);
    }

    // Day 0 is a Monday.
    private bool IsWithin(int minute, int day) => minute >= Opens && minute < Closes && (IsOpenOnSundays || day % 7 != 6);
}
