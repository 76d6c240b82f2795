using Aegis.Core.Evaluation;
using Aegis.Core.Forests;
using Aegis.Core.Numerics;

namespace Aegis.Tests.Core;

public sealed class IsolationForestTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 5.0 / 3)]
    [InlineData(4, 13.0 / 6)]
    public void AveragePathLength_OfFewValues_IsExact(int n, double expected) => Assert.Equal(expected, AveragePathLength.Of(n), 12);

    [Fact]
    public void AveragePathLength_OfMany_ContinuesTheTable() =>
        Assert.Equal(2 * (Math.Log(5000) + 0.5772156649015329) - 2, AveragePathLength.Of(5001), 3);

    [Fact]
    public void Score_OfIsolatedPoint_ExceedsScoreOfClusterPoint()
    {
        var forest = IsolationForestTrainer.Train(Cluster(1_000, 3), 3, new IsolationForestOptions { Trees = 100 });
        Assert.True(forest.Score([6, 6, 6]) > 0.65, "isolated");
        Assert.True(forest.Score([0, 0, 0]) < 0.5, "central");
    }

    [Fact]
    public void Train_WithOneSeed_GivesOneForest()
    {
        var rows = Cluster(500, 4);
        var options = new IsolationForestOptions { Trees = 20, Seed = 7 };
        Assert.Equal(IsolationForestTrainer.Train(rows, 4, options).Nodes.ToArray(), IsolationForestTrainer.Train(rows, 4, options).Nodes.ToArray());
    }

    [Fact]
    public void Explain_AddsUpToTheMissingPath()
    {
        var forest = IsolationForestTrainer.Train(Cluster(1_000, 3), 3, new IsolationForestOptions { Trees = 50 });
        float[] row = [0, 9, 0];
        var contributions = new double[3];
        forest.Explain(row, contributions);
        // s = 2^(-Σh/Σc), and the contributions add up to 1 - Σh/Σc.
        Assert.Equal(1 + Math.Log2(forest.Score(row)), contributions.Sum(), 4);
        Assert.Equal(1, Array.IndexOf(contributions, contributions.Max()));
    }

    [Fact]
    public void Train_WithConstantColumns_SplitsOnTheOthers()
    {
        var random = new SeededRandom(3);
        var rows = new float[1_000 * 5];
        for (var row = 0; row < 1_000; row++)
        {
            rows[(row * 5) + 2] = (float)random.NextGaussian();
        }

        var forest = IsolationForestTrainer.Train(rows, 5, new IsolationForestOptions { Trees = 20 });
        Assert.All(forest.Nodes.ToArray(), node => Assert.True(node.Feature is -1 or 2));
    }

    [Theory]
    [InlineData("6_cardio", .932, .012, .563, .039)]
    [InlineData("23_mammography", .859, .004, .194, .017)]
    [InlineData("38_thyroid", .978, .002, .518, .045)]
    public void Score_OnAdBench_LiesWithinTwoDeviationsOfScikitLearn(string table, double auroc, double aurocSd, double ap, double apSd)
    {
        var (rows, columns, labels) = AdBenchTable.Read(Repository.SharedData($"adbench/{table}.csv.gz"));
        var aurocs = new List<double>();
        var precisions = new List<double>();
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var forest = IsolationForestTrainer.Train(rows, columns, new IsolationForestOptions { Trees = 100, SubsampleSizes = [256], Seed = seed });
            var scores = Enumerable.Range(0, labels.Length).Select(row => forest.Score(rows.AsSpan(row * columns, columns))).ToArray();
            aurocs.Add(RankingMetrics.Auroc(scores, labels));
            precisions.Add(RankingMetrics.AveragePrecision(scores, labels));
        }

        // Both means come from five seeds, so the band is the published spread and not that of a mean.
        Assert.InRange(aurocs.Average(), auroc - (2 * aurocSd) - 0.002, auroc + (2 * aurocSd) + 0.002);
        Assert.InRange(precisions.Average(), ap - (2 * apSd), ap + (2 * apSd));
    }

    private static float[] Cluster(int count, int columns)
    {
        var random = new SeededRandom(11);
        return [.. Enumerable.Range(0, count * columns).Select(_ => (float)random.NextGaussian())];
    }
}
