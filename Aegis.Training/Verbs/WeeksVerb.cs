using System.CommandLine;
using System.Globalization;
using Aegis.Training.Evaluating;
using Spectre.Console;

namespace Aegis.Training.Verbs;

/// <summary><c>weeks</c>: what the model that <c>train</c> makes of a labelled file finds in the rest of it, week by week.</summary>
internal static class WeeksVerb
{
    private static readonly Option<string?> JsonFile = new("--json") { Description = "File to write the results to." };

    public static Command Create()
    {
        var command = new Command("weeks", "Trains as train does, and judges by week how the rest of a labelled file is ranked.") { JsonFile };
        foreach (var option in TrainVerb.OfData)
        {
            command.Options.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        var report = ProgressBars.Run(new WeeklyEvaluation(TrainVerb.Options(parsed), TimeProvider.System).Run);
        Print(report);
        if (parsed.GetValue(JsonFile) is { } file)
        {
            JsonReport.Write(file, report);
        }

        return 0;
    }

    private static void Print(WeeklyReport report)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("week from", "payments", "frauds", "average precision", "of the amount");
        foreach (var week in report.Weeks)
        {
            table.AddRow(
                $"{week.From:yyyy-MM-dd}", $"{week.Payments:N0}", $"{week.Frauds:N0}", Figure(week.Ap), Figure(week.AmountAp));
        }

        AnsiConsole.Write(table);
        var at = report.AtThreshold;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Choice {report.Choice}, trained on {report.TrainingDays}; {report.Payments:N0} later payments, {report.Frauds:N0} frauds.
            Average precision {report.Ap:F3} (amount {report.AmountAp:F3}); by week {report.WeeksMean:F3} ± {report.WeeksSd:F3} (amount {report.AmountWeeksMean:F3}).
            Flagged {at.Flagged:N0}: precision {at.Precision:F3}, recall {at.Recall:F3}; as many of the largest amounts: {at.AmountPrecision:F3}, {at.AmountRecall:F3}.
            """));
    }

    private static string Figure(double? figure) => figure?.ToString("F3", CultureInfo.InvariantCulture) ?? "";
}
