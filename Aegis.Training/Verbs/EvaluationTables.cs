using Aegis.Training.Evaluating;
using Aegis.Training.Searching;
using Spectre.Console;

namespace Aegis.Training.Verbs;

/// <summary>Prints the results of an evaluation.</summary>
internal static class EvaluationTables
{
    /// <summary>Prints the tables that a report has data for.</summary>
    public static void Print(IAnsiConsole console, EvaluationReport report)
    {
        if (report.Search is { } search)
        {
            Print(console, search);
        }

        PrintModels(console, report);
        PrintScenarios(console, report);
        Print(console, report.Ablation);
        Print(console, report.Contamination);
    }

    private static void Print(IAnsiConsole console, SearchReport search)
    {
        var days = search.Days;
        console.WriteLine($"Chosen on {days.TrainRows:N0} payments of {days.TrainDays}, judged on {days.TestRows:N0} of {days.TestDays}:");
        var table = new Table().AddColumns("change", "AUROC", "average precision", "card precision", "merit", "taken");
        foreach (var step in search.Steps)
        {
            var r = step.Result;
            table.AddRow(step.Change, $"{r.Auroc:F3}", $"{r.Ap:F3}", $"{r.CardPrecision:F3}", $"{r.Merit:F4}", step.IsTaken ? "yes" : "");
        }

        console.Write(table);
    }

    private static void PrintModels(IAnsiConsole console, EvaluationReport report)
    {
        var (options, split, choice) = (report.Options, report.Split, report.Choice);
        console.WriteLine(
            $"{Path.GetFileName(options.DataPath)}: fitted on {split.TrainRows:N0} payments of {split.TrainDays}, "
            + $"judged on {split.TestRows:N0} of {split.TestDays}, {split.TestFrauds:N0} of them frauds. "
            + (options.FeedsLabels ? "Label features on: known labels feed features, fitting does not see them."
                : "Label features off: labels are used for judging only."));
        console.WriteLine(
            $"Inputs: {string.Join(", ", choice.Inputs)}; {choice.Trees} trees of {string.Join("+", choice.Subsamples)}"
            + (choice.ColumnsPerSplit > 1 ? $", {choice.ColumnsPerSplit} columns a split" : "")
            + $"; weights of autoencoder {choice.AutoencoderWeight} and tail sum {choice.TailSumWeight}"
            + (choice.ChosenOn is { } days ? $"; chosen on {days}." : "."));
        var period = options.Period == AlertPeriod.Week ? "week" : "day";
        var table = new Table().AddColumns(
            "model", "AUROC", "average precision", $"card precision@{options.K} a {period}", "precision at budget", "recall at budget");
        foreach (var r in report.AllModels)
        {
            table.AddRow(
                r.Name, $"{r.Auroc:F3} ± {r.AurocSd:F3}", $"{r.Ap:F3} ± {r.ApSd:F3}", $"{r.CardPrecision:F3} ± {r.CardPrecisionSd:F3}",
                $"{r.PrecisionAtBudget:F3}", $"{r.RecallAtBudget:F3}");
        }

        console.Write(table);
    }

    // Without the baselines, which would make this table too wide.
    private static void PrintScenarios(IAnsiConsole console, EvaluationReport report)
    {
        if (report.Scenarios.Count == 0)
        {
            return;
        }

        var models = report.Models.All;
        var table = new Table().AddColumns(["recall at budget of", "frauds", .. models.Select(r => r.Name)]);
        foreach (var (name, frauds) in report.Scenarios)
        {
            table.AddRow([name, $"{frauds:N0}", .. models.Select(r => $"{r.RecallByScenario[name]:F2}")]);
        }

        console.Write(table);
    }

    private static void Print(IAnsiConsole console, IReadOnlyList<AblationLine> ablation)
    {
        if (ablation.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumns("forest's inputs", "AUROC", "average precision", "card precision");
        foreach (var (inputs, result) in ablation)
        {
            table.AddRow(inputs, $"{result.Auroc:F3}", $"{result.Ap:F3}", $"{result.CardPrecision:F3}");
        }

        console.Write(table);
    }

    private static void Print(IAnsiConsole console, IReadOnlyList<ContaminationLine> contamination)
    {
        if (contamination.Count == 0)
        {
            return;
        }

        var table = new Table().AddColumns(
            "frauds among rows fitted on", "forest's average precision", "autoencoder's", "tail sum's", "fused");
        foreach (var line in contamination)
        {
            table.AddRow(
                $"{line.Share:P1}", $"{line.Forest.Ap:F3}", $"{line.Autoencoder.Ap:F3}", $"{line.TailSum.Ap:F3}", $"{line.Fused.Ap:F3}");
        }

        console.Write(table);
    }
}
