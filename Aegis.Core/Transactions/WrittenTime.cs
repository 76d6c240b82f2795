using System.Globalization;
using System.Text.RegularExpressions;

namespace Aegis.Core.Transactions;

/// <summary>A time written by ISO 8601 or RFC 3339, as programs of many languages write it.</summary>
/// <remarks>Date and time with T, t or a blank between; up to twelve decimals of a second, of which milliseconds are kept; an offset as Z,
/// z, +02, +0200 or +02:00, with or without a blank before it.</remarks>
public static partial class WrittenTime
{
    /// <summary>Allowed where a time must name its offset.</summary>
    public const string Allowed =
        "an ISO 8601 time with its offset from UTC, such as 2026-03-01T12:00:00Z or 2026-03-01T13:00:00.123+01:00";

    private const int MaxOffsetHours = 14;
    private const int MillisecondDigits = 3;

    /// <summary>Reads a time that names its offset; false for other text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The moment, UTC, to the millisecond.</param>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (!TryParse(text, out var local, out var offset) || offset is not { } known || !IsInRange(local, known))
        {
            return false;
        }

        time = new DateTimeOffset(local, known).ToUniversalTime();
        return true;
    }

    /// <summary>Reads a time that may leave its offset out; false for other text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="local">Date and time as written, to the millisecond.</param>
    /// <param name="offset">The offset from UTC; null where none is written.</param>
    public static bool TryParse(string text, out DateTime local, out TimeSpan? offset)
    {
        offset = null;
        local = default;
        var match = Form().Match(text);
        if (!match.Success || !TryDate(match, out local))
        {
            return false;
        }

        if (match.Groups["offset"] is not { Success: true, Value: var written })
        {
            return true;
        }

        if (written is "Z" or "z")
        {
            offset = TimeSpan.Zero;
            return true;
        }

        var (hours, minutes) = (Number(match, "hours"), Number(match, "minutes"));
        var total = new TimeSpan(hours, minutes, 0);
        offset = written[0] == '-' ? -total : total;
        return minutes < 60 && total <= TimeSpan.FromHours(MaxOffsetHours);
    }

    private static bool TryDate(Match match, out DateTime local)
    {
        var decimals = match.Groups["decimals"].Value;
        var milliseconds = decimals.Length < MillisecondDigits ? decimals.PadRight(MillisecondDigits, '0') : decimals[..MillisecondDigits];
        var time = $"{Number(match, "hour"):D2}:{Number(match, "minute"):D2}:{Number(match, "second"):D2}.{milliseconds}";
        return DateTime.TryParseExact(
            $"{match.Groups["date"].Value}T{time}", "yyyy-MM-ddTHH:mm:ss.fff", CultureInfo.InvariantCulture, DateTimeStyles.None, out local);
    }

    private static bool IsInRange(DateTime local, TimeSpan offset) =>
        local.Ticks - offset.Ticks >= 0 && local.Ticks - offset.Ticks <= DateTime.MaxValue.Ticks;

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true, ValueSpan: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(?::(?<second>[0-9]{2})(?:[.,](?<decimals>[0-9]{1,12}))?)?(?: ?(?<offset>[Zz]|[+-](?<hours>[0-9]{2})(?::?(?<minutes>[0-9]{2}))?))?\z")]
    private static partial Regex Form();
}
