using System.CommandLine;
using System.Globalization;
using System.Numerics;
using Aegis.Datasets.Maps;
using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Verbs;

/// <summary>Options that several verbs share. Each refuses values out of range, by name.</summary>
internal static class Arguments
{
    public static Option<string?> Data { get; } = new("--data") { Description = "CSV file, plain or packed with gzip, zstd or zip." };

    public static Option<string> Map { get; } = new("--map")
    {
        Description = $"Column map: {string.Join(", ", ColumnMap.ShippedNames)}, or the path of a JSON file.", DefaultValueFactory = _ => "native",
    };

    public static Option<ulong> Seed() => Number("--seed", "Decides everything drawn.", 42UL, ulong.MinValue, ulong.MaxValue);

    public static Option<T> Number<T>(string name, string description, T fallback, T lowest, T highest)
        where T : INumber<T> => new(name)
        {
            Description = $"{description} {lowest} to {highest}; {fallback} unless given.",
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                // Without a style a double takes commas between thousands: 0,5 would be 5.
                var style = fallback is double ? NumberStyles.Float : NumberStyles.Integer;
                if (T.TryParse(result.Tokens[0].Value, style, CultureInfo.InvariantCulture, out var value) && value >= lowest
                    && value <= highest)
                {
                    return value;
                }

                result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed: {lowest} to {highest}.");
                return fallback;
            },
        };

    public static Option<DateRange?> Days(string name, string description) => new(name)
    {
        Description = $"{description}, written 2018-07-25..2018-07-31 (UTC days, both ends included).",
        CustomParser = result =>
        {
            if (DateRange.TryParse(result.Tokens[0].Value, out var range))
            {
                return range;
            }

            result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed: first..last as in 2018-07-25..2018-07-31.");
            return null;
        },
    };
}
