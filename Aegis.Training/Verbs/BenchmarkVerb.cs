using System.CommandLine;
using Aegis.MachineLearning.Forests;
using Aegis.Training.Evaluating;
using Aegis.Training.Tables;
using Spectre.Console;

namespace Aegis.Training.Verbs;

/// <summary><c>benchmark</c>: measures how well the detectors rank the anomalies of any table of numbers, which need
/// not be about cards.</summary>
internal static class BenchmarkVerb
{
    private static readonly string[] ModelNames = [.. Enum.GetValues<Detector>().Select(detector => detector.OptionName())];
    private static readonly BenchmarkOptions Usual = new("", []);

    private static readonly Option<string> Csv = new("--csv")
    {
        Description = "CSV file of numbers, plain or packed with gzip, zstd or zip, with a header.", Required = true,
    };
    private static readonly Option<string?> Label = new("--label")
    {
        Description = "Column of labels, 1 anomalous and 0 not; the last column unless given.",
    };
    private static readonly Option<string[]> Drop = List("--drop", "Columns to leave out, separated by commas.");
    private static readonly Option<string[]> Keep =
        List("--keep", "Columns to read, separated by commas, even where they look like a time, an identifier or a constant.");
    private static readonly Option<string[]> Models =
        List("--models", $"Of {string.Join(", ", ModelNames)}, separated by commas; all unless given.", ModelNames);
    private static readonly Option<TableSplit> Split = SplitOption();
    private static readonly Option<int> Seeds = Arguments.Number("--seeds", "Seeds to fit with.", Usual.Seeds, 1, 100);
    private static readonly Option<int> Trees = Arguments.Number("--trees", "Trees of the forest.", Usual.Trees, 1, 10_000);
    private static readonly Option<int> Subsample = Arguments.Number(
        "--subsample", "Rows that a tree is grown on.", Usual.Subsample, 2, 32_768);
    private static readonly Option<int> ColumnsPerSplit = Arguments.Number(
        "--columns-per-split", "Columns that a split of the forest weighs together; 2 or more make an extended forest.",
        Usual.ColumnsPerSplit, 1, IsolationForestOptions.MaxColumnsPerSplit);
    private static readonly Option<string?> JsonFile = new("--json") { Description = "File to write the results to." };

    public static Command Create()
    {
        var command = new Command("benchmark", "Measures the detectors on any labelled table of numbers.")
        {
            Csv, Label, Drop, Keep, Models, Split, Seeds, Trees, Subsample, ColumnsPerSplit, JsonFile,
        };
        command.SetAction(Run);
        return command;
    }

    /// <summary>The options that a command line names.</summary>
    internal static BenchmarkOptions Options(ParseResult parsed) =>
        new(parsed.GetValue(Csv)!, [.. parsed.GetValue(Models)!.Select(DetectorExtensions.Named)])
        {
            Label = parsed.GetValue(Label),
            Drop = parsed.GetValue(Drop)!,
            Keep = parsed.GetValue(Keep)!,
            Split = parsed.GetValue(Split),
            Seeds = parsed.GetValue(Seeds),
            Trees = parsed.GetValue(Trees),
            Subsample = parsed.GetValue(Subsample),
            ColumnsPerSplit = parsed.GetValue(ColumnsPerSplit),
        };

    private static int Run(ParseResult parsed)
    {
        var options = Options(parsed);
        var report = ProgressBars.Run(progress => CsvBenchmark.Run(options, progress));
        Print(report);
        if (parsed.GetValue(JsonFile) is { } file)
        {
            JsonReport.Write(file, report);
        }

        return 0;
    }

    private static void Print(BenchmarkReport report)
    {
        AnsiConsole.WriteLine(
            $"{report.File}: {report.Columns:N0} columns, fitted on {report.FitRows:N0} rows, judged on {report.JudgedRows:N0} "
            + $"(split {report.Split}), {report.JudgedAnomalies:N0} of them anomalies; "
            + $"{report.Seeds} seeds, mean ± standard deviation. Labels are used for judging only.");
        if (report.Missing > 0)
        {
            AnsiConsole.WriteLine($"{report.Missing:N0} empty cells count as the median of their column.");
        }

        foreach (var column in report.ColumnNotes)
        {
            AnsiConsole.WriteLine($"Column {column.Name}: {column.Note}.");
        }

        var output = new Table().AddColumns("model", "AUROC", "average precision", "fit, s", "rows/s on one core");
        foreach (var r in report.Models)
        {
            output.AddRow(
                r.Detector.OptionName(), $"{r.Auroc:F3} ± {r.AurocSd:F3}", $"{r.Ap:F3} ± {r.ApSd:F3}",
                $"{r.FitSeconds:F2}", $"{r.RowsPerSecond:N0}");
        }

        AnsiConsole.Write(output);
    }

    private static Option<string[]> List(string name, string description, params string[] choices) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => choices,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            var items = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
            if (items.Length == 0 || (choices.Length > 0 && items.Except(choices).Any()))
            {
                var allowed = choices.Length > 0 ? $"one or more of {string.Join(", ", choices)}" : "names of columns";
                result.AddError($"{name} is '{text}'; allowed: {allowed}, separated by commas.");
            }

            return items;
        },
    };

    private static Option<TableSplit> SplitOption() => new("--split")
    {
        Description = "none: fitted and judged on all rows; time:0.7: fitted on the first 70 % of the rows, judged on the rest. "
            + "none unless given.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (!TableSplit.TryParse(text, out var split))
            {
                result.AddError(
                    $"--split is '{text}'; allowed: none, or time:SHARE with a share above 0 and below 1 as in time:0.7.");
            }

            return split;
        },
    };
}
