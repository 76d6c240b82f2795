namespace Aegis.Datasets.Simulation;

/// <summary>A day, and the effect of the season on its spending.</summary>
/// <param name="Number">Days since 0001-01-01, as in <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="Weekday">Its weekday.</param>
/// <param name="Month">1 to 12.</param>
/// <param name="DayOfMonth">1 to 31.</param>
/// <param name="Spending">The factor on the number of outings; 1 on an ordinary day.</param>
/// <param name="GiftSeason">The factor on shopping sprees; 1 outside of late November and December.</param>
internal readonly record struct CalendarDay(int Number, DayOfWeek Weekday, int Month, int DayOfMonth, double Spending, double GiftSeason)
{
    public const long HourMs = 3_600_000;
    public const long DayMs = 24 * HourMs;

    private const int UnixEpoch = 719_162;

    /// <summary>True on Saturdays and Sundays.</summary>
    public bool IsWeekend => Weekday is DayOfWeek.Saturday or DayOfWeek.Sunday;

    /// <summary>The day with a number.</summary>
    public static CalendarDay Of(int number)
    {
        var date = DateOnly.FromDayNumber(number);
        var isGiftSeason = date is { Month: 11, Day: >= 21 } or { Month: 12, Day: <= 23 };
        return new CalendarDay(
            number, date.DayOfWeek, date.Month, date.Day, MonthFactor(date) * PaydayFactor(date.Day), isGiftSeason ? 4 : 1);
    }

    /// <summary>Midnight UTC in Unix milliseconds.</summary>
    public static long StartMs(int number) => (number - UnixEpoch) * DayMs;

    /// <summary>The UTC day of a time in Unix milliseconds, not before 1970.</summary>
    public static int NumberOf(long unixMs) => (int)(unixMs / DayMs) + UnixEpoch;

    /// <summary>How much more people travel in a month than on average.</summary>
    public static double TravelFactor(int month) => month switch
    {
        7 or 8 => 2.2,
        12 => 1.2,
        2 => 1.1,
        1 or 11 => 0.5,
        _ => 0.8,
    };

    private static double MonthFactor(DateOnly date) => date switch
    {
        { Month: 12, Day: 25 } or { Month: 1, Day: 1 } => 0.35,
        { Month: 12, Day: <= 24 } => 1.25,
        { Month: 11, Day: >= 20 } => 1.15,
        { Month: 1 } => 0.88,
        { Month: 7 or 8 } => 0.95,
        _ => 1,
    };

    /// <summary>Salaries arrive around the turn of the month.</summary>
    private static double PaydayFactor(int day) => day is >= 26 or <= 3 ? 1.1 : day >= 16 ? 0.95 : 1;
}
