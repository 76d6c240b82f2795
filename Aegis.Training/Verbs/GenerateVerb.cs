using System.CommandLine;
using System.Globalization;
using Aegis.Datasets.Simulation;
using Aegis.Training.Generating;

namespace Aegis.Training.Verbs;

/// <summary><c>generate</c>: writes a labelled data set from the simulator, and shows what rules without any model catch in it.</summary>
internal static class GenerateVerb
{
    private static readonly SimulationOptions Usual = new();

    private static readonly Option<string> Output = new("--out")
    {
        Description = "File to write, gzip where it ends in .gz.", Required = true,
    };
    private static readonly Option<ulong> Seed = Arguments.Seed();
    private static readonly Option<int> Customers =
        Arguments.Number("--customers", "Customers.", Usual.Customers, 1, SimulationOptions.MaxCustomers);
    private static readonly Option<int> Merchants =
        Arguments.Number("--merchants", "Merchants.", Usual.Merchants, SimulationOptions.MinMerchants, SimulationOptions.MaxMerchants);
    private static readonly Option<int> Days = Arguments.Number("--days", "Days.", 120, 1, 3_650);
    private static readonly Option<DateOnly> Start = new("--start")
    {
        Description = "First day.", DefaultValueFactory = _ => new DateOnly(2025, 1, 1),
    };
    private static readonly Option<double> FraudShare =
        Arguments.Number("--fraud-share", "Share of payments that are fraudulent.", Usual.FraudShare, 0, 0.5);
    private static readonly Option<Dictionary<string, double>> Scenarios = Shares();

    public static Command Create()
    {
        var command = new Command("generate", "Writes a labelled data set from the simulator, and prints what trivial rules catch in it.")
        {
            Output, Seed, Customers, Merchants, Days, Start, FraudShare, Scenarios,
        };
        command.SetAction(Run);
        return command;
    }

    /// <summary>The options that a command line names.</summary>
    internal static GenerateOptions Options(ParseResult parsed)
    {
        var simulation = new SimulationOptions
        {
            Seed = parsed.GetValue(Seed),
            Customers = parsed.GetValue(Customers),
            Merchants = parsed.GetValue(Merchants),
            FraudShare = parsed.GetValue(FraudShare),
        };
        return new GenerateOptions(
            parsed.GetValue(Output)!, simulation.WithShares(parsed.GetValue(Scenarios)!), parsed.GetValue(Start), parsed.GetValue(Days));
    }

    private static int Run(ParseResult parsed)
    {
        var options = Options(parsed);
        var report = ProgressBars.Run(progress => Generation.Run(options, progress));
        Console.WriteLine(
            $"{options.Path}: {report.Payments:N0} payments of {options.Simulation.Customers:N0} customers, "
            + $"{report.Frauds:N0} fraudulent ({report.FraudShare:P2}).");
        TrivialRulesReport.Print(report.Rules, report.Payments);
        return 0;
    }

    /// <summary>An option written <c>--scenario slow_drip=0.2 --scenario bust_out=0</c>.</summary>
    private static Option<Dictionary<string, double>> Shares() => new("--scenario")
    {
        Description = "Share of the frauds of one scenario, as in slow_drip=0.2; others keep theirs. "
            + $"Scenarios: {string.Join(", ", FraudScenario.Usual.Select(s => $"{s.Name}={s.Share}"))}.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            var shares = new Dictionary<string, double>();
            foreach (var token in result.Tokens)
            {
                if (TryShare(token.Value, out var name, out var share))
                {
                    shares[name] = share;
                }
                else
                {
                    result.AddError(
                        $"--scenario is '{token.Value}'; allowed: NAME=SHARE, the share 0 to 1, "
                        + $"the name one of {string.Join(", ", FraudScenario.Usual.Select(s => s.Name))}.");
                }
            }

            return shares;
        },
    };

    private static bool TryShare(string text, out string name, out double share)
    {
        (name, var value) = text.Split('=', 2) is [var before, var after] ? (before, after) : (text, "");
        var asked = name;
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out share)
            && share is >= 0 and <= 1 && FraudScenario.Usual.Any(s => s.Name == asked);
    }
}
