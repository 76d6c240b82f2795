using System.CommandLine;
using Aegis.Core.Evaluation;
using Aegis.Core.Simulation;
using Aegis.Datasets;
using Spectre.Console;

namespace Aegis.Training;

/// <summary><c>generate</c>: a labelled data set from the simulator.</summary>
internal static class GenerateVerb
{
    public static Command Create()
    {
        var output = new Option<string>("--out") { Description = "File to write, gzip where it ends in .gz.", Required = true };
        var seed = Arguments.Seed();
        var customers = Arguments.Number("--customers", "Customers.", 2_000, 1, 10_000_000);
        var days = Arguments.Number("--days", "Days.", 120, 1, 3_650);
        var first = new Option<DateOnly>("--first") { Description = "First day.", DefaultValueFactory = _ => new DateOnly(2025, 1, 1) };
        var fraudShare = Arguments.Number("--fraud-share", "Share of payments that are fraudulent.", 0.005, 0, 0.5);
        var command = new Command("generate", "Writes a labelled data set from the simulator.") { output, seed, customers, days, first, fraudShare };
        command.SetAction(parsed => Generate(
            parsed.GetValue(output)!,
            new SimulationOptions { Seed = parsed.GetValue(seed), Customers = parsed.GetValue(customers), FraudShare = parsed.GetValue(fraudShare) },
            parsed.GetValue(first), parsed.GetValue(days)));
        return command;
    }

    private static int Generate(string path, SimulationOptions options, DateOnly first, int days)
    {
        long count = 0;
        var amounts = new List<double>();
        var frauds = new List<bool>();
        var byScenario = new SortedDictionary<string, int>();
        using (var writer = new CsvTransactionWriter(path))
        {
            ProgressBars.Run(progress =>
            {
                foreach (var row in new TransactionSimulator(options).Stream(first, days))
                {
                    writer.Write(row);
                    amounts.Add(Aegis.Core.Transactions.CurrencyRates.Default.ToReference(row.Transaction.AmountMinor, row.Transaction.Currency));
                    frauds.Add(row.Label.IsFraud);
                    if (row.Label.Scenario is { } scenario)
                    {
                        byScenario[scenario] = byScenario.GetValueOrDefault(scenario) + 1;
                    }

                    if (++count % 1_000 == 0)
                    {
                        var day = DateOnly.FromDateTime(row.Transaction.EventTime.UtcDateTime).DayNumber - first.DayNumber;
                        progress.Report(new("generate", day / (double)days));
                    }
                }
            });
        }

        AnsiConsole.WriteLine($"{path}: {count:N0} payments of {options.Customers:N0} customers, {frauds.Count(f => f):N0} fraudulent ({frauds.Count(f => f) / (double)count:P2}).");
        foreach (var (scenario, frauded) in byScenario)
        {
            AnsiConsole.WriteLine($"  {scenario,-20} {frauded,8:N0}");
        }

        AnsiConsole.WriteLine($"Ranked by amount alone: average precision {RankingMetrics.AveragePrecision(amounts.ToArray(), frauds.ToArray()):F3}.");
        return 0;
    }
}
