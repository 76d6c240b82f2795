using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.Datasets.Simulation;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Bundles;
using Aegis.Training.Searching;
using Aegis.Training.Sources;
using Spectre.Console;

namespace Aegis.Training.Verbs;

/// <summary><c>train</c>: fits a bundle on a file or on simulated payments and writes it as one file.</summary>
internal static class TrainVerb
{
    private static readonly Option<string> Output = new("--out") { Description = "Bundle to write.", Required = true };
    private static readonly Option<bool> IfMissing = new("--if-missing") { Description = "Do nothing where the bundle exists and can be read." };
    private static readonly Option<ulong> Seed = Arguments.Seed();
    private static readonly Option<DateRange?> Train = Arguments.Days("--train", "Days to fit on; without it the file's first --days");
    private static readonly Option<int> Days = Arguments.Number("--days", "Days to fit on, from the file's first.", 14, 1, 3_650);
    private static readonly Option<string?> RatesFile = new("--rates") { Description = "JSON file with exchange rates; the shipped table without it." };
    private static readonly Option<string?> ChoiceFile = new("--options") { Description = "JSON file with inputs, forest and weights, as evaluate --choose writes it; the shipped ones without it." };
    private static readonly Option<bool> SkipBad = new("--skip-bad") { Description = "Leave out lines that cannot be read." };
    private static readonly Option<int> Shards = Arguments.Number("--shards", "Shards of the log that the model will serve.", 16, 1, 1_024);
    private static readonly Option<double> Budget = Arguments.Number("--budget", "Cards flagged a day, per 10,000 payments a day.", 100.0, 0.01, 10_000);
    private static readonly Option<double> FraudShare = Arguments.Number("--fraud-share", "Of simulated payments.", 0.05, 0, 0.5);
    private static readonly Option<int> Customers = Arguments.Number("--customers", "Simulated customers.", 1_200, 10, 10_000_000);

    public static Command Create()
    {
        var command = new Command("train", "Fits a model bundle on --data, or on simulated payments without it.")
        {
            Output, Arguments.Data, Arguments.Map, Train, Days, Seed, Shards, Budget, FraudShare, Customers, IfMissing, SkipBad, RatesFile, ChoiceFile, BroughtModel.File, BroughtModel.Weight,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(Output)!;
        var rates = parsed.GetValue(RatesFile) is { Length: > 0 } file ? CurrencyRates.Parse(File.ReadAllText(file)) : CurrencyRates.Default;
        if (parsed.GetValue(IfMissing) && IsUsable(path, rates))
        {
            AnsiConsole.WriteLine($"{path} is there and fits: nothing to train.");
            return 0;
        }

        var data = parsed.GetValue(Arguments.Data);
        var watch = Stopwatch.StartNew();
        var skipped = new SkippedLines();
        ProgressBars.Run(progress =>
        {
            progress.Report(new("features", 0));
            var (stream, window) = data is null ? Simulated(parsed) : FromFile(parsed, data, skipped);
            var rows = new FeatureRows();
            var fingerprint = Extract(stream, window, rates, parsed.GetValue(Shards), rows);
            progress.Report(new("features", 1));
            if (rows.Count == 0)
            {
                throw new DatasetException($"No payments on the training days {window}.");
            }

            var model = Fit(parsed, rates, rows, window, data ?? "simulator", fingerprint, progress);
            Write(path, model);
            var policy = model.Policy;
            Console.WriteLine($"{path}: {model.Version}, {rows.Count:N0} payments of {window}, review at {1000 * (1 - Math.Exp(-policy.ReviewAt)):F1}, decline at {1000 * (1 - Math.Exp(-policy.DeclineAt)):F1} of 1000.");
        });
        if (parsed.GetValue(SkipBad))
        {
            AnsiConsole.WriteLine(skipped.ToString());
        }

        AnsiConsole.WriteLine($"Trained in {watch.Elapsed.TotalSeconds:F1} s; alert budget {parsed.GetValue(Budget)} cards per 10,000 payments.");
        return 0;
    }

    private static (IEnumerable<LabelledTransaction> Stream, DateRange Window) Simulated(ParseResult parsed)
    {
        var options = new SimulationOptions { Seed = parsed.GetValue(Seed), Customers = parsed.GetValue(Customers), FraudShare = parsed.GetValue(FraudShare) };
        var yesterday = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-1);
        var window = new DateRange(yesterday.AddDays(-29), yesterday);
        return (new TransactionSimulator(options).Stream(window.First.AddDays(-SimulationOptions.HistoryDays), SimulationOptions.HistoryDays + window.Days), window);
    }

    private static (IEnumerable<LabelledTransaction> Stream, DateRange Window) FromFile(ParseResult parsed, string data, SkippedLines skipped)
    {
        var stream = TransactionSource.Read(data, parsed.GetValue(Arguments.Map)!, parsed.GetValue(SkipBad), skipped.Add);
        if (parsed.GetValue(Train) is { } window)
        {
            return (stream, window);
        }

        var first = stream.Select(row => DateOnly.FromDateTime(row.Transaction.EventTime.UtcDateTime)).First();
        return (stream, new DateRange(first, first.AddDays(parsed.GetValue(Days) - 1)));
    }

    /// <summary>Feature rows of the window, from histories warmed by all days before; returns a hash over the window's ids and amounts.</summary>
    private static string Extract(IEnumerable<LabelledTransaction> stream, DateRange window, CurrencyRates rates, int shards, FeatureRows rows)
    {
        var histories = new ShardedHistories(rates, shards);
        var features = new float[FeatureSchema.Count];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (transaction, label) in stream)
        {
            var day = DateOnly.FromDateTime(transaction.EventTime.UtcDateTime).DayNumber;
            if (day > window.Last.DayNumber)
            {
                break;
            }

            histories.ExtractAndAdd(transaction, features);
            if (window.Contains(day))
            {
                rows.Add(features, transaction.CardToken, day, label.IsFraud);
                hash.AppendData(Encoding.UTF8.GetBytes($"{transaction.Id} {transaction.AmountMinor}\n"));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    private static FraudModel Fit(ParseResult parsed, CurrencyRates rates, FeatureRows rows, DateRange window, string data, string fingerprint, IProgress<TrainingProgress> progress)
    {
        var now = TimeProvider.System.GetUtcNow();
        var choice = parsed.GetValue(ChoiceFile) is { } file ? ModelChoice.Read(file) : new ModelChoice();
        var options = BroughtModel.AddTo(choice.ToOptions(parsed.GetValue(Seed), new AlertBudget(parsed.GetValue(Budget))), parsed);
        var facts = new Dictionary<string, string>
        {
            ["data"] = Path.GetFileName(data),
            ["map"] = data == "simulator" ? "simulator" : parsed.GetValue(Arguments.Map)!,
            ["trainingDays"] = window.ToString(),
            ["trainingRows"] = rows.Count.ToString(),
            ["dataFingerprint"] = fingerprint,
            ["seed"] = options.Seed.ToString(),
            ["inputs"] = string.Join(", ", choice.Inputs),
            ["forest"] = $"{choice.Trees} trees of {string.Join(" and ", choice.Subsamples)} payments, {choice.ColumnsPerSplit} columns a split",
            ["autoencoderWeight"] = choice.AutoencoderWeight.ToString(CultureInfo.InvariantCulture),
            ["tailSumWeight"] = choice.TailSumWeight.ToString(CultureInfo.InvariantCulture),
            ["external"] = options.External is null ? "none" : $"{options.External.Name}, weight {options.Fusion.ExternalWeight.ToString(CultureInfo.InvariantCulture)}",
            ["trainedAt"] = now.ToString("O"),
            ["runtime"] = Environment.Version.ToString(),
            ["aegis"] = Assembly.GetExecutingAssembly().GetName().Version!.ToString(),
        };
        var version = $"{now:yyyyMMdd-HHmmss}-{fingerprint[..8]}";
        return TrainingMetrics.AddTo(FraudModelTrainer.Train(rows, options, rates, parsed.GetValue(Shards), version, facts, progress), rows);
    }

    /// <summary>Replaces the bundle as a whole: a reader sees the old one or the new one.</summary>
    internal static void Write(string path, FraudModel model)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var partial = path + ".partial";
        File.WriteAllBytes(partial, FraudModelFile.Write(model));
        File.Move(partial, path, overwrite: true);
    }

    private static bool IsUsable(string path, CurrencyRates rates)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            return FraudModelFile.Read(File.ReadAllBytes(path)).RatesVersion == rates.Version;
        }
        catch (FraudModelFormatException e)
        {
            AnsiConsole.WriteLine($"{path} cannot be used and is trained anew: {e.Message}");
            return false;
        }
    }
}
