using System.Globalization;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Maps;

/// <summary>The format of a time, and the time zone of times that name none.</summary>
internal sealed class TimeFormat
{
    public const string IsoName = "iso";
    public const string UnixSecondsName = "unix-seconds";
    public const string UnixMillisecondsName = "unix-milliseconds";

    /// <summary>ISO 8601 with date and time, in UTC if no offset is written.</summary>
    public static readonly TimeFormat Iso = new(IsoName, TimeZoneInfo.Utc);

    private const decimal LatestMilliseconds = 253_402_300_799_999;

    // A date whose day cannot be a month, and an hour that tells 12-hour clocks from others.
    private static readonly DateTime Sample = new(2001, 11, 23, 16, 5, 6, DateTimeKind.Unspecified);

    // Milliseconds of the units that relative times are counted in.
    private static readonly Dictionary<string, long> Units = new()
    {
        ["seconds"] = 1_000, ["minutes"] = 60_000, ["hours"] = 3_600_000, ["days"] = 86_400_000,
    };

    private readonly string _name;
    private readonly DateTimeOffset _origin = DateTimeOffset.UnixEpoch;
    private readonly TimeZoneInfo _zone;

    /// <param name="name"><see cref="IsoName"/>, <see cref="UnixSecondsName"/>, <see cref="UnixMillisecondsName"/>, or
    /// a .NET format that passes <see cref="IsComplete"/>.</param>
    /// <param name="zone">The zone of times without an offset of their own.</param>
    public TimeFormat(string name, TimeZoneInfo zone)
    {
        _name = name;
        _zone = zone;
    }

    /// <param name="unit">For which <see cref="IsRelative"/> holds.</param>
    /// <param name="origin">The moment that is counted from.</param>
    public TimeFormat(string unit, DateTimeOffset origin)
        : this(unit, TimeZoneInfo.Utc) => _origin = origin;

    /// <summary>The units of relative times.</summary>
    public static string UnitNames { get; } = string.Join(", ", Units.Keys);

    /// <summary>What is allowed, for messages.</summary>
    public string Allowed => _name switch
    {
        IsoName => $"a time written as 2018-04-01T00:00:31, with or without an offset{Gap}",
        UnixSecondsName => "seconds since 1970",
        UnixMillisecondsName => "milliseconds since 1970",
        _ when IsRelative(_name) => $"{_name} since {_origin:yyyy-MM-ddTHH:mm:ssZ}",
        _ => $"a time written as {_name}{Gap}",
    };

    // Some local times never were: clocks were put forward over them.
    private string Gap => _zone.SupportsDaylightSavingTime ? $", and not in the hour that {_zone.Id} leaves out when clocks go forward" : "";

    /// <summary>True where the seconds since 1970 are counted, which know no zone.</summary>
    public static bool IsUnix(string name) => name is UnixSecondsName or UnixMillisecondsName;

    /// <summary>True for a unit of times that are counted from an origin of the map's own.</summary>
    public static bool IsRelative(string name) => Units.ContainsKey(name);

    /// <summary>True for a .NET format that holds year, month and day, and either a whole hour of the day or none. For
    /// other formats, a part of the time would be made up.</summary>
    public static bool IsComplete(string format)
    {
        try
        {
            return DateTime.TryParseExact(
                    Sample.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture,
                    DateTimeStyles.RoundtripKind | DateTimeStyles.NoCurrentDateDefault, out var read)
                && (read.Kind == DateTimeKind.Unspecified ? read.Date == Sample.Date
                    && (read.Hour == Sample.Hour || read.TimeOfDay == TimeSpan.Zero) : true);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>Reads a time; false for other text, and for a local time that a change of clocks skips. If a change of
    /// clocks repeats the local time, the later one is taken.</summary>
    public bool TryParse(string text, out DateTimeOffset time) => _name switch
    {
        UnixSecondsName => TryCount(text, DateTimeOffset.UnixEpoch, 1000, out time),
        UnixMillisecondsName => TryCount(text, DateTimeOffset.UnixEpoch, 1, out time),
        IsoName => TryIso(text, out time),
        _ when Units.TryGetValue(_name, out var milliseconds) => TryCount(text, _origin, milliseconds, out time),
        _ => TryWritten(text, out time),
    };

    private bool TryIso(string text, out DateTimeOffset time)
    {
        if (WrittenTime.TryParse(text, out time))
        {
            return true;
        }

        return WrittenTime.TryParse(text, out var local, out var offset) && offset is null && TryLocal(local, out time);
    }

    private static bool TryCount(string text, DateTimeOffset origin, long milliseconds, out DateTimeOffset time)
    {
        time = default;
        // Some files write 1700000000.0, or a fraction.
        if (!decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value < 0 || value > (LatestMilliseconds - origin.ToUnixTimeMilliseconds()) / milliseconds)
        {
            return false;
        }

        time = origin.AddMilliseconds((long)(value * milliseconds));
        return true;
    }

    private bool TryWritten(string text, out DateTimeOffset time)
    {
        time = default;
        if (!DateTime.TryParseExact(text, _name, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var written))
        {
            return false;
        }

        if (written.Kind != DateTimeKind.Unspecified)
        {
            // The text names its offset, and DateTime would have turned that into this machine's time zone.
            return DateTimeOffset.TryParseExact(
                text, _name, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);
        }

        return TryLocal(written, out time);
    }

    private bool TryLocal(DateTime local, out DateTimeOffset time)
    {
        time = default;
        if (_zone.IsInvalidTime(local))
        {
            return false;
        }

        time = new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
        return true;
    }
}
