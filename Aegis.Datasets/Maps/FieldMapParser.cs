using System.Globalization;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Maps;

/// <summary>Reads one field's object of a map.</summary>
internal sealed class FieldMapParser(FieldKind kind, JsonFields json)
{
    private static readonly string[] Common = ["column", "template", "constant", "values", "optional"];

    /// <summary>Reads the object and notes its faults. If there are any, the result is of no use.</summary>
    public FieldMap Read()
    {
        if (!json.IsObject("""an object such as {"column": "NAME"}"""))
        {
            return new FieldMap();
        }

        json.AllowOnly([.. Common, .. OwnOf(kind)]);
        var map = new FieldMap
        {
            Column = json.Text("column"),
            Template = ReadTemplate(),
            Constant = json.Text("constant"),
            Values = json.Table("values"),
            IsOptional = json.Flag("optional"),
            Time = kind == FieldKind.Time ? ReadTime() : TimeFormat.Iso,
            Number = kind is FieldKind.Amount or FieldKind.Number ? ReadNumber() : NumberFormat.Plain,
            IsMajor = kind == FieldKind.Amount && ReadUnit(),
            IsRounded = kind == FieldKind.Amount && json.Flag("round"),
            HasRefunds = kind == FieldKind.Amount && json.Flag("refunds"),
            Labels = kind == FieldKind.Label ? ReadLabels() : LabelValues.Usual,
        };
        CheckSource(map);
        CheckValues(map);
        return map;
    }

    private static string[] OwnOf(FieldKind kind) => kind switch
    {
        FieldKind.Time => ["format", "zone", "origin"],
        FieldKind.Amount => ["unit", "decimal", "remove", "round", "refunds"],
        FieldKind.Number => ["decimal", "remove"],
        FieldKind.Label => ["positive", "negative"],
        _ => [],
    };

    private static TimeZoneInfo? FindZone(string text)
    {
        if (text.Length > 0 && text[0] is '+' or '-')
        {
            return TimeSpan.TryParseExact(text.AsSpan(1), "hh\\:mm", CultureInfo.InvariantCulture, out var offset)
                && offset <= TimeSpan.FromHours(14)
                ? TimeZoneInfo.CreateCustomTimeZone(text, text[0] == '-' ? -offset : offset, text, text)
                : null;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? zone : null;
    }

    private FieldTemplate? ReadTemplate()
    {
        var text = json.Text("template");
        var template = text is null ? null : FieldTemplate.Parse(text);
        if (text is not null && template is null)
        {
            json.Fault("template", text,
                "text with columns in braces, as in {city}-{shop} or id-{line}; braces themselves are written {{ and }}");
        }

        return template;
    }

    private TimeFormat ReadTime()
    {
        var format = json.Text("format") ?? TimeFormat.IsoName;
        var origin = json.Text("origin");
        if (TimeFormat.IsRelative(format))
        {
            return ReadRelative(format, origin);
        }

        if (origin is not null)
        {
            json.Fault("origin", origin, $"an origin only beside the formats {TimeFormat.UnitNames}");
        }

        if (format != TimeFormat.IsoName && !TimeFormat.IsUnix(format) && !TimeFormat.IsComplete(format))
        {
            json.Fault("format", format, $"{TimeFormat.IsoName}, {TimeFormat.UnixSecondsName}, {TimeFormat.UnixMillisecondsName}, {TimeFormat.UnitNames} (with an origin), or a .NET format with year, month, day and a whole hour, such as yyyy-MM-dd HH:mm:ss");
            format = TimeFormat.IsoName;
        }

        var zone = json.Text("zone");
        if (zone is null)
        {
            return new TimeFormat(format, TimeZoneInfo.Utc);
        }

        if (TimeFormat.IsUnix(format))
        {
            json.Fault("zone", zone, $"no zone beside {format}, which counts from 1970 in UTC");
        }

        var found = FindZone(zone);
        if (found is null)
        {
            json.Fault("zone", zone, "an IANA time zone that this machine knows, such as Europe/Berlin, or an offset such as +02:00");
        }

        return new TimeFormat(format, found ?? TimeZoneInfo.Utc);
    }

    private TimeFormat ReadRelative(string unit, string? origin)
    {
        if (json.Text("zone") is { } zone)
        {
            json.Fault("zone", zone, $"no zone beside {unit}, which are counted from the origin");
        }

        if (origin is not null && WrittenTime.TryParse(origin, out DateTimeOffset moment))
        {
            return new TimeFormat(unit, moment);
        }

        json.Fault("origin", origin, $"{WrittenTime.Allowed}, from which {unit} are counted");
        return TimeFormat.Iso;
    }

    private bool ReadUnit()
    {
        var unit = json.Text("unit");
        if (unit is not (null or "minor" or "major"))
        {
            json.Fault("unit", unit, "minor (4120 is 41.20 EUR; so without it) or major (41.20)");
        }

        return unit == "major";
    }

    private NumberFormat ReadNumber()
    {
        var sign = json.Text("decimal") ?? ".";
        if (sign is not ("." or ","))
        {
            json.Fault("decimal", sign, "a point or a comma");
            sign = ".";
        }

        var remove = json.Text("remove") ?? "";
        if (remove.Any(c => char.IsAsciiDigit(c) || c == '-' || c == sign[0]))
        {
            json.Fault("remove", remove, "characters other than digits, the minus and the decimal sign");
        }

        return new NumberFormat(sign[0], remove);
    }

    private LabelValues ReadLabels()
    {
        var positive = json.Texts("positive");
        var negative = json.Texts("negative");
        if (positive is null && negative is null)
        {
            return LabelValues.Usual;
        }

        if (positive is null || negative is null)
        {
            json.Fault(positive is null ? "positive" : "negative", null, $"""both lists; ["{LabelValues.Others}"] in one of them stands for every value that the other lacks""");
            return LabelValues.Usual;
        }

        foreach (var both in positive.Intersect(negative, StringComparer.OrdinalIgnoreCase))
        {
            json.Fault("negative", both, "values that positive lacks");
        }

        return new LabelValues(positive, negative);
    }

    private void CheckSource(FieldMap map)
    {
        if (map.Column is null && map.Template is null && map.Constant is null
            && !json.Names.Intersect(["column", "template", "constant"]).Any())
        {
            json.Fault("", "{}", "a column, a template or a constant");
        }

        if (map.Column == "")
        {
            json.Fault("column", "", "a column's name");
        }

        if (map.Column is not null && map.Template is not null)
        {
            json.Fault("template", map.Template.Text, "a column or a template, not both");
        }

        if (map.Values is not null && map.Column is null && map.Template is null)
        {
            json.Fault("values", "{…}", "values only beside a column or a template");
        }

        if (map.IsOptional && map.Column is null)
        {
            json.Fault("optional", "true", "true only beside a column");
        }
    }

    private void CheckValues(FieldMap map)
    {
        if (map.Constant is { Length: > 0 } constant && FieldText.Refusal(kind, map, constant) is { } allowed)
        {
            json.Fault("constant", constant, allowed);
        }

        foreach (var (key, value) in map.Values ?? new Dictionary<string, string>())
        {
            if (value.Length > 0 && FieldText.Refusal(kind, map, value) is { } allowedValue)
            {
                json.Fault($".values['{key}']", value, allowedValue);
            }
        }
    }
}
