using System.CommandLine;
using System.Diagnostics;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Bundles;
using Aegis.Training.Searching;
using Spectre.Console;

namespace Aegis.Training.Verbs;

/// <summary><c>train</c>: fits a bundle on a file or on simulated payments and writes it as one file.</summary>
internal static class TrainVerb
{
    private static readonly TrainOptions Usual = new();

    private static readonly Option<string> Output = new("--out") { Description = "Bundle to write.", Required = true };
    private static readonly Option<bool> IfMissing = new("--if-missing")
    {
        Description = "Do nothing where the bundle exists and can be read.",
    };
    private static readonly Option<ulong> Seed = Arguments.Seed();
    private static readonly Option<DateRange?> Train = Arguments.Days("--train", "Days to fit on; without it --days near the file's beginning");
    private static readonly Option<int> Days = Arguments.Number("--days", "Days to fit on, after as many first days of the file that warm the cards' histories.", Usual.Days, 1, 3_650);
    private static readonly Option<string?> RatesFile = new("--rates")
    {
        Description = "JSON file with exchange rates; the shipped table without it.",
    };
    private static readonly Option<string?> ChoiceFile = new("--options")
    {
        Description = $"Inputs, forest and weights: {string.Join(", ", ModelChoice.ShippedNames)}, or a JSON file as evaluate --choose writes it; "
            + "those that the column map names without it.",
    };
    private static readonly Option<bool> SkipBad = new("--skip-bad") { Description = "Leave out lines that cannot be read." };
    private static readonly Option<int> Shards =
        Arguments.Number("--shards", "Shards of the log that the model will serve.", Usual.Shards, 1, 1_024);
    private static readonly Option<double> Budget =
        Arguments.Number("--budget", "Cards flagged a day, per 10,000 payments a day.", Usual.Budget, 0.01, 10_000);
    private static readonly Option<double> FraudShare = Arguments.Number(
        "--fraud-share", "Of simulated payments.", Usual.FraudShare, 0, 0.5);
    private static readonly Option<int> Customers = Arguments.Number(
        "--customers", "Simulated customers.", Usual.Customers, 10, 10_000_000);
    private static readonly Option<string?> External = new("--extern")
    {
        Description = "ONNX file or saved ML.NET model (.zip) that reads the raw feature vector; "
            + "scores in shadow unless --extern-weight is above 0.",
    };
    private static readonly Option<double> ExternalWeight = Arguments.Number(
        "--extern-weight", "Weight of --extern beside the detectors, whose weights add up to 1; 0: in shadow.",
        Usual.ExternalWeight, 0, 100);

    /// <summary>The options that say what a file holds and how a model is fitted on it.</summary>
    internal static IReadOnlyList<Option> OfData { get; } =
        [Arguments.Data, Arguments.Map, Train, Days, Seed, Shards, Budget, SkipBad, RatesFile, ChoiceFile];

    public static Command Create()
    {
        var command = new Command("train", "Fits a model bundle on --data, or on simulated payments without it.")
            { Output, FraudShare, Customers, IfMissing, External, ExternalWeight };
        foreach (var option in OfData)
        {
            command.Options.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    /// <summary>The options that a command line names. It reads the rates file.</summary>
    internal static TrainOptions Options(ParseResult parsed) => new()
    {
        DataPath = parsed.GetValue(Arguments.Data),
        Map = parsed.GetValue(Arguments.Map)!,
        SkipsBad = parsed.GetValue(SkipBad),
        Train = parsed.GetValue(Train),
        Days = parsed.GetValue(Days),
        Seed = parsed.GetValue(Seed),
        FraudShare = parsed.GetValue(FraudShare),
        Customers = parsed.GetValue(Customers),
        Rates = parsed.GetValue(RatesFile) is { Length: > 0 } file ? CurrencyRates.Parse(File.ReadAllText(file)) : CurrencyRates.Default,
        Shards = parsed.GetValue(Shards),
        Budget = parsed.GetValue(Budget),
        ChoicePath = parsed.GetValue(ChoiceFile),
        ExternalPath = parsed.GetValue(External),
        ExternalWeight = parsed.GetValue(ExternalWeight),
    };

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(Output)!;
        var options = Options(parsed);
        if (parsed.GetValue(IfMissing) && IsUsable(path, options.Rates))
        {
            AnsiConsole.WriteLine($"{path} is there and fits: nothing to train.");
            return 0;
        }

        var started = Stopwatch.GetTimestamp();
        var report = ProgressBars.Run(new BundleTraining(options, TimeProvider.System).Run);
        BundleFile.Write(path, report.Model);
        Print(path, report, options, Stopwatch.GetElapsedTime(started));
        return 0;
    }

    private static bool IsUsable(string path, CurrencyRates rates)
    {
        var state = BundleFile.Inspect(path, rates.Version);
        if (state.Fault is { } fault)
        {
            AnsiConsole.WriteLine($"{path} cannot be used and is trained anew: {fault}");
        }

        return state.IsUsable;
    }

    private static void Print(string path, BundleTrainingReport report, TrainOptions options, TimeSpan elapsed)
    {
        if (report.SimulatedBecause is { } reason)
        {
            Console.WriteLine($"Trained on simulated payments, since {reason}. Name days with --train to fit on the file anyway.");
        }

        var policy = report.Model.Policy;
        Console.WriteLine(
            $"{path}: {report.Model.Version}, {report.Payments:N0} payments of {report.Days}, "
            + $"review at {Assessment.ScoreOf(policy.ReviewAt):F1}, decline at {Assessment.ScoreOf(policy.DeclineAt):F1} of 1000.");
        if (policy.SplitsTies)
        {
            Console.WriteLine(
                $"Many payments tie there: a hash of the id flags {policy.ReviewTies:P1} of those at the first threshold "
                + $"and declines {policy.DeclineTies:P1} of those at the second.");
        }

        if (options.SkipsBad)
        {
            AnsiConsole.WriteLine(report.Skipped.ToString());
        }

        AnsiConsole.WriteLine($"Trained in {elapsed.TotalSeconds:F1} s; alert budget {options.Budget} cards per 10,000 payments.");
    }
}
