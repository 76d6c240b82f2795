using System.Text.Json.Nodes;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Choices;
using Aegis.MachineLearning.Evaluation;
using Aegis.MachineLearning.TailSums;
using Aegis.Training.Evaluating;
using Aegis.Training.Searching;

namespace Aegis.Tests.Training.Evaluating;

public sealed class BaselinesTests
{
    private const int Rows = 24_000;

    private static readonly string[] Inputs = ["amount_log", "amount_z", "sum_1h"];

    [Fact]
    public void Run_OnFraudsThatEveryMethodMustSee_RanksThemFirst()
    {
        var results = new Baselines(Judge(), Choice, seeds: 1).Run().ToList();
        Assert.Equal(
            [
                "forest, 256 rows a tree", "extended forest, 2 columns a split", "extended forest, 3 columns a split",
                "forest, days fade in 7", "autoencoder, not cleaned", "fused, compared within the channel",
                "fused, compared within young and old cards", "fused, compared within channel and age",
                "Mahalanobis", "PCA reconstruction", "ML.NET RandomizedPca",
            ], results.Select(r => r.Name));
        // ML.NET's detector measures a row's distance in shares of the row's length, so that small ordinary rows look unusual too.
        Assert.All(results, result => Assert.True(
            result.Seeds[0].Auroc > (result.Name.StartsWith("ML.NET", StringComparison.Ordinal) ? 0.9 : 0.95),
            $"{result.Name}: {result.Seeds[0].Auroc}"));
    }

    [Fact]
    public void Contamination_OfStatedShares_FitsOnThem()
    {
        var lines = Contamination.Run(Judge(), Choice, seeds: 1);
        Assert.Equal([0, 0.002, 0.01, 0.03], lines.Select(line => line.Share));
        // The more frauds are among the reference, the less rare their values are to the tail sum.
        Assert.True(lines[0].TailSum.Ap > lines[3].TailSum.Ap, $"{lines[0]} {lines[3]}");
        Assert.All(lines, line => Assert.InRange(line.Fused.Ap, 0.1, 1));
    }

    private static ModelChoice Choice { get; } = new() { Inputs = Inputs, Trees = 50, Subsamples = [256], AutoencoderWeight = 0.1 };

    /// <summary>Two days of payments; every two hundredth is far out in the first input, and the inputs are much alike otherwise.</summary>
    private static SplitJudge Judge()
    {
        var random = new SeededRandom(11);
        var first = new DateOnly(2025, 1, 1);
        var split = new EvaluationSplit(
            new DateRange(first, first), new DateRange(first.AddDays(1), first.AddDays(1)), labelDelay: 0, removeKnown: false);
        var features = new float[FeatureSchema.Count];
        for (var row = 0; row < Rows; row++)
        {
            var isFraud = row % 200 == 7;
            var usual = random.NextNormal();
            for (var input = 0; input < Inputs.Length; input++)
            {
                features[(int)FeatureSchema.Named(Inputs[input])] =
                    (float)(usual + (0.2 * random.NextNormal()) + (isFraud && input == 0 ? 4 : 0));
            }

            split.Add(
                features, $"card-{row}", first.DayNumber + (row / (Rows / 2)), isFraud ? new FraudLabel(true, null) : default, velocity: 0,
                idHash: 0);
        }

        return new SplitJudge(split, budget: 100, k: 20, AlertPeriod.Day);
    }
}
