using Aegis.Training.Evaluating;
using Aegis.Training.Verbs;
using Spectre.Console;

namespace Aegis.Tests.Training.Verbs;

public sealed class EvaluationTablesTests
{
    [Fact]
    public void Print_OfAFullReport_HasATableForEachPart()
    {
        var text = Printed(SampleReport.Full);
        Assert.Contains(
            "Chosen on 70 payments of 2025-03-02..2025-03-05, judged on 60 of 2025-03-06..2025-03-10:", text, StringComparison.Ordinal);
        Assert.Contains("│ first  │ 0.900 │ 0.500             │ 0.320          │ 0.4000 │ yes   │", text, StringComparison.Ordinal);
        Assert.Contains(
            "small.csv: fitted on 900 payments of 2025-03-11..2025-03-19, judged on 800 of 2025-03-21..2025-03-30, 40 of them frauds. "
            + "Label features on: known labels feed features, fitting does not see them.", text, StringComparison.Ordinal);
        Assert.Contains("; chosen on then.", text, StringComparison.Ordinal);
        Assert.Contains("card precision@3 a week", text, StringComparison.Ordinal);
        Assert.Contains("Mahalanobis │ 0.750 ± 0.000 │ 0.250 ± 0.000", text, StringComparison.Ordinal);
        Assert.Contains("│ bust_out            │ 1,040  │ 0.20   │ 0.30        │ 0.40     │ 0.50  │ 0.10   │ 0.05     │", text,
            StringComparison.Ordinal);
        Assert.Contains("│ without amount  │ 0.800 │ 0.125             │ 0.250          │", text, StringComparison.Ordinal);
        Assert.Matches(@"0\.2\s?% +│ 0\.610 +│ 0\.620 +│ 0\.630 +│ 0\.640", text);
    }

    [Fact]
    public void Print_OfAPlainReport_LeavesOutWhatItHasNothingFor()
    {
        var text = Printed(SampleReport.Full with
        {
            Options = new EvaluateOptions("small.csv", default, default), Search = null, Scenarios = [], Ablation = [], Contamination = [],
        });
        Assert.Contains("Label features off: labels are used for judging only.", text, StringComparison.Ordinal);
        Assert.Contains("card precision@100 a day", text, StringComparison.Ordinal);
        Assert.Single(text.Split('\n'), line => line.StartsWith('┌'));
    }

    private static string Printed(EvaluationReport report)
    {
        using var text = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = 1_000;
        console.Profile.Capabilities.Unicode = true;
        EvaluationTables.Print(console, report);
        return text.ToString();
    }
}
