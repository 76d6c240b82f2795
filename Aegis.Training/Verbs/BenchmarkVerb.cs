using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json;
using Aegis.Datasets.Files;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;
using Aegis.MachineLearning.Tables;
using Aegis.Training.Tables;
using Spectre.Console;

namespace Aegis.Training.Verbs;

/// <summary><c>benchmark</c>: how well the detectors rank the anomalies of any numeric table, without anything that is known of cards.</summary>
internal static class BenchmarkVerb
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };
    private static readonly Option<string> Csv = new("--csv") { Description = "CSV file of numbers, gzip or not, with a header.", Required = true };
    private static readonly Option<string?> Label = new("--label") { Description = "Column of labels, 1 anomalous and 0 not; the last column unless given." };
    private static readonly Option<string[]> Drop = List("--drop", "Columns to leave out, separated by commas.");
    private static readonly Option<string[]> Models = List("--models", $"Of {string.Join(", ", TableBenchmark.Models)}, separated by commas; all unless given.", TableBenchmark.Models);
    private static readonly Option<TableSplit> Split = SplitOption();
    private static readonly Option<int> Seeds = Arguments.Number("--seeds", "Seeds to fit with.", 5, 1, 100);
    private static readonly Option<int> Trees = Arguments.Number("--trees", "Trees of the forest.", 100, 1, 10_000);
    private static readonly Option<int> Subsample = Arguments.Number("--subsample", "Rows that a tree is grown on.", 256, 2, 32_768);
    private static readonly Option<string?> JsonFile = new("--json") { Description = "File to write the results to." };

    public static Command Create()
    {
        var command = new Command("benchmark", "Measures the detectors on any labelled table of numbers.") { Csv, Label, Drop, Models, Split, Seeds, Trees, Subsample, JsonFile };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var path = parsed.GetValue(Csv)!;
        var split = parsed.GetValue(Split);
        var seeds = parsed.GetValue(Seeds);
        var options = new TableModelOptions();
        options = options with { Forest = options.Forest with { Trees = parsed.GetValue(Trees), SubsampleSizes = [parsed.GetValue(Subsample)] } };
        NumericTable table = null!;
        TableBenchmark benchmark = null!;
        List<TableResult> results = [];
        ProgressBars.Run(progress =>
        {
            progress.Report(new("table", 0));
            table = NumericTableReader.Read(path, parsed.GetValue(Label), parsed.GetValue(Drop)!, TableModelTrainer.MostColumns);
            benchmark = new TableBenchmark(table, split);
            progress.Report(new("table", 1));
            results = benchmark.Run(parsed.GetValue(Models)!, seeds, options, progress);
        });

        Print(path, table, benchmark, split, seeds, results);
        if (parsed.GetValue(JsonFile) is { } file)
        {
            File.WriteAllText(file, JsonSerializer.Serialize(new
            {
                file = Path.GetFileName(path), rows = table.Labels.Length, columns = table.Columns.Count, anomalies = table.Labels.Count(label => label),
                split = split.ToString(), fitRows = benchmark.FitRows, judgedRows = benchmark.JudgedRows, judgedAnomalies = benchmark.Anomalies, seeds,
                trees = parsed.GetValue(Trees), subsample = parsed.GetValue(Subsample),
                machine = new { os = RuntimeInformation.OSDescription, runtime = RuntimeInformation.FrameworkDescription, cores = Environment.ProcessorCount },
                models = results,
            }, Json));
        }

        return 0;
    }

    private static void Print(string path, NumericTable table, TableBenchmark benchmark, TableSplit split, int seeds, List<TableResult> results)
    {
        AnsiConsole.WriteLine(
            $"{Path.GetFileName(path)}: {table.Columns.Count:N0} columns, fitted on {benchmark.FitRows:N0} rows, judged on {benchmark.JudgedRows:N0} (split {split}), {benchmark.Anomalies:N0} of them anomalies; "
            + $"{seeds} seeds, mean ± standard deviation. Labels are used for judging only.");
        var output = new Table().AddColumns("model", "AUROC", "average precision", "fit, s", "rows/s on one core");
        foreach (var r in results)
        {
            output.AddRow(r.Name, $"{r.Auroc:F3} ± {r.AurocSd:F3}", $"{r.Ap:F3} ± {r.ApSd:F3}", $"{r.FitSeconds:F2}", $"{r.RowsPerSecond:N0}");
        }

        AnsiConsole.Write(output);
    }

    private static Option<string[]> List(string name, string description, params string[] choices) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => choices,
        CustomParser = result =>
        {
            var items = result.Tokens[0].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();
            if (items.Length == 0 || (choices.Length > 0 && items.Except(choices).Any()))
            {
                result.AddError($"{name} is '{result.Tokens[0].Value}'; allowed: {(choices.Length > 0 ? $"one or more of {string.Join(", ", choices)}" : "names of columns")}, separated by commas.");
            }

            return items;
        },
    };

    private static Option<TableSplit> SplitOption() => new("--split")
    {
        Description = "none: fitted and judged on all rows; time:0.7: fitted on the first 70 % of the rows, judged on the rest. none unless given.",
        CustomParser = result =>
        {
            if (!TableSplit.TryParse(result.Tokens[0].Value, out var split))
            {
                result.AddError($"--split is '{result.Tokens[0].Value}'; allowed: none, or time:SHARE with a share above 0 and below 1 as in time:0.7.");
            }

            return split;
        },
    };
}
