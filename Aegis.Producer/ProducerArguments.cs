using System.CommandLine;
using System.Globalization;

namespace Aegis.Producer;

/// <summary>Options that both verbs share.</summary>
internal static class ProducerArguments
{
    private const int SmallestFrame = 1;
    private const int LargestFrame = 128;

    /// <summary>0 for no end.</summary>
    public static Option<long> Count { get; } = Number("--count", "Transactions of this run; without it the run does not end by itself.", 0L, "1 or more", count => count >= 1);

    public static Option<string?> Run { get; } = new("--run") { Description = "A name for this run: started again under it, the producer goes on to the run's end and not beyond." };

    /// <summary>Null where the verb decides.</summary>
    public static Option<int?> Frame { get; } = new("--frame")
    {
        Description = $"The most transactions of a shard that share a log entry where they are due at the same time; 64 for a replay at full speed unless given, else 1. Allowed: {SmallestFrame} to {LargestFrame}.",
        CustomParser = result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var frame) && frame is >= SmallestFrame and <= LargestFrame)
            {
                return frame;
            }

            result.AddError($"--frame is '{result.Tokens[0].Value}'; allowed: {SmallestFrame} to {LargestFrame} transactions.");
            return null;
        },
    };

    public static Option<double?> Rate { get; } = new("--rate")
    {
        Description = "Transactions per second, above 0 to 1,000,000, or 'max'.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (text == "max")
            {
                return double.PositiveInfinity;
            }

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 1_000_000)
            {
                return rate;
            }

            result.AddError($"--rate is '{text}'; allowed: above 0 to 1000000 transactions per second, or max.");
            return null;
        },
    };

    public static Option<T> Number<T>(string name, string description, T fallback, string allowed, Func<T, bool> isAllowed)
        where T : IParsable<T> => new(name)
        {
            Description = $"{description} Allowed: {allowed}.",
            DefaultValueFactory = _ => fallback,
            CustomParser = result =>
            {
                if (T.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) && isAllowed(value))
                {
                    return value;
                }

                result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed: {allowed}.");
                return fallback;
            },
        };
}
