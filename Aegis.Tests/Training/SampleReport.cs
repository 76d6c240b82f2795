using Aegis.MachineLearning.Choices;
using Aegis.Training.Evaluating;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training;

/// <summary>A report of made-up figures.</summary>
internal static class SampleReport
{
    /// <summary>One that has everything.</summary>
    public static EvaluationReport Full { get; } = new()
    {
        Options = new EvaluateOptions("folder/small.csv", SmallDataset.Days(10, 18), SmallDataset.Days(20, 29))
        {
            RemovesKnownCards = false, FeedsLabels = true, Seeds = 2, K = 3, Period = AlertPeriod.Week, LeftOutGroups = "velocity",
        },
        Split = new SplitSummary(SmallDataset.Days(10, 18), 900, SmallDataset.Days(20, 29), 800, 40),
        Choice = new ModelChoice { ChosenOn = "then" },
        Search = new SearchReport(
            new SplitSummary(SmallDataset.Days(1, 4), 70, SmallDataset.Days(5, 9), 60, 2), new ModelChoice { ChosenOn = "then" },
            [new SearchStep("first", new TrialResult(0.9, 0.5, 0.32), true), new SearchStep("second", default, false)]),
        Models = new RankedModels(
            new PerDetector<EvaluationResult>(
                Result("forest", 0.2), Result("autoencoder", 0.3), Result("tail sum", 0.4), Result("fused", 0.5)),
            Result("amount", 0.1), Result("velocity", 0.05)),
        Baselines = [Result("Mahalanobis", 0.25)],
        Scenarios = [new ScenarioCount("bust_out", 1_040)],
        Ablation = [new AblationLine("without amount", new TrialResult(0.8, 0.125, 0.25))],
        Contamination = [new ContaminationLine(0.002, new(0.9, 0.61, 0), new(0.9, 0.62, 0), new(0.9, 0.63, 0), new(0.9, 0.64, 0))],
    };

    private static EvaluationResult Result(string name, double ap) => EvaluationResult.Over(name, 3, AlertPeriod.Week,
    [
        new Measurement(0.75, ap, 0.25, 0.125, 0.375) { RecallByScenario = new Dictionary<string, double> { ["bust_out"] = ap } },
    ]);
}
