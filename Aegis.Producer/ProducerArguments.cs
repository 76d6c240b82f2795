using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace Aegis.Producer;

/// <summary>Options that both verbs share.</summary>
internal static class ProducerArguments
{
    private const int MinFrame = 1;
    private const int MaxFrame = 128;
    private const double MaxRate = 1_000_000;
    private static readonly string AllowedRates = $"above 0 to {MaxRate}, or max";

    /// <summary>0 if the run has no end.</summary>
    public static Option<long> Count { get; } = Number(
        "--count", "Transactions of this run; without it the run does not end by itself.", 0L, least: 1);

    public static Option<string?> Run { get; } = new("--run")
        { Description = "A name for this run: started again under it, the producer goes on to the run's end and not beyond." };

    /// <summary>Null if the verb chooses.</summary>
    public static Option<int?> Frame { get; } = new("--frame")
    {
        Description = $"The most transactions of a shard that share a log entry where they are due at the same time; 64 for a replay at full speed unless given, else 1. Allowed: {MinFrame} to {MaxFrame}.",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var frame)
                && frame is >= MinFrame and <= MaxFrame)
            {
                return frame;
            }

            result.AddError($"--frame is '{result.Tokens[0].Value}'; allowed: {MinFrame} to {MaxFrame} transactions.");
            return null;
        },
    };

    public static Option<double?> Rate { get; } = new("--rate")
    {
        Description = $"Transactions per second, {AllowedRates}.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text == "max")
            {
                return double.PositiveInfinity;
            }

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= MaxRate)
            {
                return rate;
            }

            result.AddError($"--rate is '{text}'; allowed: {AllowedRates}.");
            return null;
        },
    };

    /// <summary>Creates an option that checks a range; its help and its error name the range.</summary>
    public static Option<T> Number<T>(string name, string description, T fallback, T least, T? most = null, bool isAbove = false)
        where T : struct, INumber<T>
    {
        var allowed = isAbove ? $"above {least}" : most is null ? $"{least} or more" : $"{least} to {most}";
        return new Option<T>(name)
        {
            Description = $"{description} Allowed: {allowed}.",
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                // Without a style a double takes commas between thousands: 1,5 would be 15.
                var style = fallback is double ? NumberStyles.Float : NumberStyles.Integer;
                if (T.TryParse(result.Tokens[0].Value, style, CultureInfo.InvariantCulture, out var value) && value >= least
                    && !(isAbove && value == least) && !(value > most))
                {
                    return value;
                }

                result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed: {allowed}.");
                return fallback;
            },
        };
    }
}
