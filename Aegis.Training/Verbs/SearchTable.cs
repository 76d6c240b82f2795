using Aegis.Training.Evaluating;
using Aegis.Training.Searching;
using Spectre.Console;

namespace Aegis.Training.Verbs;

/// <summary>Prints what a search tried.</summary>
internal static class SearchTable
{
    public static void Print(EvaluationSplit? days, List<SearchStep> steps)
    {
        if (days is null)
        {
            return;
        }

        AnsiConsole.WriteLine($"Chosen on {days.Train.Count:N0} payments of {days.TrainDays}, judged on {days.Test.Count:N0} of {days.TestDays}:");
        var table = new Table().AddColumns("change", "AUROC", "average precision", "card precision", "merit", "taken");
        foreach (var step in steps)
        {
            var r = step.Result;
            table.AddRow(step.Change, $"{r.Auroc:F3}", $"{r.Ap:F3}", $"{r.CardPrecision:F3}", $"{r.Merit:F4}", step.IsTaken ? "yes" : "");
        }

        AnsiConsole.Write(table);
    }
}
