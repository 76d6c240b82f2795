using System.CommandLine;
using System.Globalization;

namespace Aegis.Producer;

/// <summary>Options that both verbs share.</summary>
internal static class ProducerArguments
{
    public static Option<long?> Count { get; } = MakeCount();

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

    private static Option<long?> MakeCount()
    {
        var option = new Option<long?>("--count") { Description = "Transactions of this run; without it the run does not end by itself." };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && long.TryParse(result.Tokens[0].Value, out var count) && count < 1)
            {
                result.AddError($"--count is '{count}'; allowed: 1 or more.");
            }
        });
        return option;
    }
}
