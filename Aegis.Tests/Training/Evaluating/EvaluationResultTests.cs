using Aegis.Training.Evaluating;

namespace Aegis.Tests.Training.Evaluating;

public sealed class EvaluationResultTests
{
    [Fact]
    public void Over_ThreeSeeds_HasMeansAndSampleDeviations()
    {
        // 1, 2, 3 and multiples of it: mean 2, sample deviation 1.
        var result = EvaluationResult.Over("forest", 7, AlertPeriod.Week, [.. new[] { 1.0, 2, 3 }.Select(seed =>
            new Measurement(seed, 10 * seed, 100 * seed, 1_000 * seed, 10_000 * seed)
            {
                RecallByScenario = new Dictionary<string, double> { ["a"] = seed, ["b"] = 1 },
            })]);
        Assert.Equal(("forest", 7, AlertPeriod.Week), (result.Name, result.K, result.Period));
        Assert.Equal(
            (2, 20, 200, 2_000, 20_000), (result.Auroc, result.Ap, result.CardPrecision, result.PrecisionAtBudget, result.RecallAtBudget));
        Assert.Equal(
            (1, 10, 100, 1_000, 10_000),
            (result.AurocSd, result.ApSd, result.CardPrecisionSd, result.PrecisionAtBudgetSd, result.RecallAtBudgetSd));
        Assert.Equal([("a", 2), ("b", 1)], result.RecallByScenario.Select(recall => (recall.Key, recall.Value)));
    }

    [Fact]
    public void Over_OneSeed_DeviatesByNothing()
    {
        var result = EvaluationResult.Over("amount", 7, AlertPeriod.Day, [new Measurement(0.5, 0.25, 0.125, 0, 1)]);
        Assert.Equal((0.5, 0, 0.25, 0), (result.Auroc, result.AurocSd, result.Ap, result.ApSd));
        Assert.Empty(result.RecallByScenario);
    }
}
