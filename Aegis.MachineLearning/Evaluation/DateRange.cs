using System.Globalization;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.MachineLearning.Evaluation;

/// <summary>A range of UTC calendar days, both ends inclusive, written <c>2018-07-25..2018-07-31</c>.</summary>
public readonly record struct DateRange(DateOnly First, DateOnly Last)
{
    /// <summary>The number of days.</summary>
    public int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>True if the day is in the range.</summary>
    public bool Contains(int dayNumber) => dayNumber >= First.DayNumber && dayNumber <= Last.DayNumber;

    /// <summary>Reads the written form.</summary>
    public static bool TryParse(string text, out DateRange range)
    {
        range = default;
        if (text.Split("..") is not [var first, var last]
            || !DateOnly.TryParseExact(first, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var from)
            || !DateOnly.TryParseExact(last, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var to)
            || to < from)
        {
            return false;
        }

        range = new DateRange(from, to);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{First:yyyy-MM-dd}..{Last:yyyy-MM-dd}";
}
