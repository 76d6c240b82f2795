using System.CommandLine;
using Aegis.Core.Evaluation;

namespace Aegis.Training;

/// <summary>Options that several verbs share, each refusing what is out of range by name.</summary>
internal static class Arguments
{
    public static Option<string?> Data { get; } = new("--data") { Description = "CSV file, gzip or not." };

    public static Option<string> Map { get; } = new("--map") { Description = "Column map: native, handbook, sparkov, or the path of a JSON file.", DefaultValueFactory = _ => "native" };

    public static Option<ulong> Seed() => new("--seed") { Description = "Decides everything drawn.", DefaultValueFactory = _ => 42 };

    public static Option<int> Whole(string name, string description, int fallback, int lowest, int highest)
    {
        var option = new Option<int>(name) { Description = $"{description} {lowest:N0} to {highest:N0}; {fallback:N0} unless given.", DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var value) && (value < lowest || value > highest))
            {
                result.AddError($"{name} is '{value}'; allowed: {lowest} to {highest}.");
            }
        });
        return option;
    }

    public static Option<double> Number(string name, string description, double fallback, double lowest, double highest)
    {
        var option = new Option<double>(name) { Description = $"{description} {lowest} to {highest}; {fallback} unless given.", DefaultValueFactory = _ => fallback };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && double.TryParse(result.Tokens[0].Value, out var value) && !(value >= lowest && value <= highest))
            {
                result.AddError($"{name} is '{value}'; allowed: {lowest} to {highest}.");
            }
        });
        return option;
    }

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
