using System.CommandLine;
using System.Globalization;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Evaluation;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Training.Verbs;

/// <summary><c>generate</c>: a labelled data set from the simulator, and what rules without any model would catch in it.</summary>
internal static class GenerateVerb
{
    private const int ReportEvery = 10_000;

    public static Command Create()
    {
        var usual = new SimulationOptions();
        var output = new Option<string>("--out") { Description = "File to write, gzip where it ends in .gz.", Required = true };
        var seed = Arguments.Seed();
        var customers = Arguments.Number("--customers", "Customers.", usual.Customers, 1, SimulationOptions.MostCustomers);
        var merchants = Arguments.Number("--merchants", "Merchants.", usual.Merchants, SimulationOptions.FewestMerchants, SimulationOptions.MostMerchants);
        var days = Arguments.Number("--days", "Days.", 120, 1, 3_650);
        var start = new Option<DateOnly>("--start") { Description = "First day.", DefaultValueFactory = _ => new DateOnly(2025, 1, 1) };
        var fraudShare = Arguments.Number("--fraud-share", "Share of payments that are fraudulent.", usual.FraudShare, 0, 0.5);
        var shares = Shares();
        var command = new Command("generate", "Writes a labelled data set from the simulator, and prints what trivial rules catch in it.")
        {
            output, seed, customers, merchants, days, start, fraudShare, shares,
        };
        command.SetAction(parsed => Generate(
            parsed.GetValue(output)!,
            new SimulationOptions
            {
                Seed = parsed.GetValue(seed),
                Customers = parsed.GetValue(customers),
                Merchants = parsed.GetValue(merchants),
                FraudShare = parsed.GetValue(fraudShare),
            }.WithShares(parsed.GetValue(shares)!),
            parsed.GetValue(start), parsed.GetValue(days)));
        return command;
    }

    /// <summary>Options written <c>--scenario slow_drip=0.2 --scenario bust_out=0</c>.</summary>
    private static Option<Dictionary<string, double>> Shares() => new("--scenario")
    {
        Description = $"Share of the frauds of one scenario, as in slow_drip=0.2; others keep theirs. Scenarios: {string.Join(", ", FraudScenario.Usual.Select(s => $"{s.Name}={s.Share}"))}.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result =>
        {
            var shares = new Dictionary<string, double>();
            foreach (var token in result.Tokens)
            {
                var (name, value) = token.Value.Split('=', 2) is [var before, var after] ? (before, after) : (token.Value, "");
                if (FraudScenario.Usual.Any(s => s.Name == name) && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1)
                {
                    shares[name] = share;
                }
                else
                {
                    result.AddError($"--scenario is '{token.Value}'; allowed: NAME=SHARE, the share 0 to 1, the name one of {string.Join(", ", FraudScenario.Usual.Select(s => s.Name))}.");
                }
            }

            return shares;
        },
    };

    private static int Generate(string path, SimulationOptions options, DateOnly start, int days)
    {
        long count = 0;
        var rules = new TrivialRules(CurrencyRates.Default);
        using (var writer = new CsvTransactionWriter(path))
        {
            ProgressBars.Run(progress =>
            {
                foreach (var row in new TransactionSimulator(options).Stream(start, days))
                {
                    writer.Write(row);
                    rules.Add(row);
                    if (++count % ReportEvery == 0)
                    {
                        var day = DateOnly.FromDateTime(row.Transaction.EventTime.UtcDateTime).DayNumber - start.DayNumber;
                        progress.Report(new("generate", day / (double)days));
                    }
                }
            });
        }

        var frauds = rules.Amount.Frauds;
        Console.WriteLine($"{path}: {count:N0} payments of {options.Customers:N0} customers, {frauds:N0} fraudulent ({frauds / (double)Math.Max(1, count):P2}).");
        TrivialRulesReport.Print(rules, count);
        return 0;
    }
}
