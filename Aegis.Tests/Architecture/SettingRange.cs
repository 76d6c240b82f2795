using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Aegis.Tests.Architecture;

/// <summary>What a setting may be and is unless given, in words.</summary>
internal static class SettingRange
{
    private static readonly (string Ending, string Unit)[] Units =
    [
        ("Ms", "milliseconds"), ("Seconds", "seconds"), ("Hours", "hours"), ("Days", "days"), ("GiB", "GiB"), ("MiB", "MiB"),
        ("PerSecond", "a second"),
    ];

    /// <summary>Range and unit, such as <c>10 to 60,000 milliseconds</c>.</summary>
    public static string Of(PropertyInfo property)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            var unit = Units.FirstOrDefault(unit => property.Name.EndsWith(unit.Ending, StringComparison.Ordinal)).Unit;
            return $"{Bounds(range)} {unit}".TrimEnd();
        }

        return property.PropertyType == typeof(bool) ? "true or false"
            : property.GetCustomAttribute<RegularExpressionAttribute>() is { } pattern ? $"`{pattern.Pattern}`"
            : "text";
    }

    /// <summary>Lowest and highest value, such as <c>10 to 60,000</c>.</summary>
    public static string Bounds(RangeAttribute range) => FormattableString.Invariant($"{range.Minimum:N0} to {range.Maximum:N0}");

    /// <summary>The value of a new object.</summary>
    public static string DefaultOf(PropertyInfo property) =>
        property.IsDefined(typeof(RequiredAttribute)) ? "required"
        : property is { Name: "Threads", PropertyType.IsValueType: true } && Nullable.GetUnderlyingType(property.PropertyType) is null
        ? "as many as cores"
        : property.PropertyType.Name.EndsWith("Options", StringComparison.Ordinal) ? ""
        : Text(property.GetValue(Activator.CreateInstance(property.DeclaringType!)));

    /// <summary>A value as one writes it; empty where there is none.</summary>
    public static string Text(object? value) => value switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        string text => text,
        System.Collections.IEnumerable many => string.Join(", ", many.Cast<object>().Select(Text)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
