using Aegis.MachineLearning.Choices;
using Aegis.Training.Evaluating;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training.Evaluating;

public sealed class AblationTests
{
    private static readonly ModelChoice Choice = new() { Trees = 10, Subsamples = [64] };

    [Fact]
    public void Run_LeavesEachGroupOutAndTriesItAlone()
    {
        var lines = Run("hour_sin", "amount_log", "amount_z");
        Assert.Equal(
            [
                "as chosen", "without time", "only time", "without amount", "only amount", "default inputs", "every feature",
            ],
            lines.Select(line => line.Inputs));
        // The frauds stand out by their amounts, and by nothing else.
        var byName = lines.ToDictionary(line => line.Inputs, line => line.Result.Auroc);
        Assert.True(byName["only amount"] > 0.99 && byName["without time"] == byName["only amount"], $"{byName["only amount"]}");
        Assert.Equal(byName["only time"], byName["without amount"]);
        Assert.InRange(byName["only time"], 0.2, 0.8);
    }

    [Fact]
    public void Run_OfOneGroup_HasNothingToTryWithoutIt() => Assert.Equal(
        ["as chosen", "only amount", "default inputs", "every feature"], Run("amount_log").Select(line => line.Inputs));

    private static List<AblationLine> Run(params string[] inputs) =>
        Ablation.Run(new DetectorTrials(PlantedDays.Judge(), seeds: 1), Choice with { Inputs = inputs }, feedsLabels: false);
}
