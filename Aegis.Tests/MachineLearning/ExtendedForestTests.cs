using Aegis.Core.Numerics;
using Aegis.MachineLearning.Evaluation;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Kernels;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning;

public sealed class ExtendedForestTests
{
    private static readonly IsolationForestOptions Extended = new() { Trees = 100, SubsampleSizes = [256], ColumnsPerSplit = 2 };

    [Fact]
    public void Score_BetweenTwoClusters_HasNoGhosts()
    {
        // Clusters at (0, 10) and (10, 0). Splits on one column cannot tell (0, 0), which has no neighbours, from them as well as
        // hyperplanes can (Hariri et al., fig. 3).
        var random = new SeededRandom(2);
        var rows = new float[2_000 * 2];
        for (var row = 0; row < 2_000; row++)
        {
            rows[2 * row] = (float)random.NextNormal() + (row % 2 == 0 ? 10 : 0);
            rows[(2 * row) + 1] = (float)random.NextNormal() + (row % 2 == 0 ? 0 : 10);
        }

        double Excess(IsolationForestOptions options)
        {
            var forest = IsolationForestTrainer.Train(rows, 2, options);
            return forest.Score([0, 0]) + forest.Score([10, 10]) - forest.Score([0, 10]) - forest.Score([10, 0]);
        }

        var (axis, extended) = (Excess(Extended with { ColumnsPerSplit = 1 }), Excess(Extended));
        Assert.True(extended > axis * 1.2, $"hyperplanes {extended}, single columns {axis}");
    }

    [Fact]
    public void Score_OfRowsTogether_IsTheSameToTheBitAsOneByOne()
    {
        var rows = Cluster(300, 5);
        var forest = IsolationForestTrainer.Train(rows, 5, Extended with { ColumnsPerSplit = 3 });
        var scores = new double[300];
        forest.Score(rows, 300, scores);
        Assert.Equal(Enumerable.Range(0, 300).Select(row => forest.Score(rows.AsSpan(row * 5, 5))), scores);
        Assert.True(scores.Distinct().Count() > 250);
    }

    [Fact]
    public void Explain_AddsUpToTheMissingPathAndNamesTheOddColumn()
    {
        var forest = IsolationForestTrainer.Train(Cluster(1_000, 4), 4, Extended);
        float[] row = [0, 9, 0, 0];
        var contributions = new double[4];
        forest.Explain(row, contributions);
        Assert.Equal(1 + Math.Log2(forest.Score(row)), contributions.Sum(), 4);
        Assert.Equal(1, Array.IndexOf(contributions, contributions.Max()));
    }

    [Theory]
    [InlineData("6_cardio", .933, .541)]
    [InlineData("23_mammography", .863, .190)]
    public void Score_OnAdBench_IsNearThePublishedExtendedForest(string table, double auroc, double ap)
    {
        // LinkedIn's isolation-forest, README, fully extended; over two columns as here it lies between that and the plain forest.
        var (rows, columns, labels) = AdBenchTable.Read(Repository.SharedData($"adbench/{table}.csv.gz"));
        var (aurocs, precisions) = (new List<double>(), new List<double>());
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var scores = new double[labels.Length];
            IsolationForestTrainer.Train(rows, columns, Extended with { Seed = seed }).Score(rows, labels.Length, scores);
            aurocs.Add(RankingMetrics.Auroc(scores, labels));
            precisions.Add(RankingMetrics.AveragePrecision(scores, labels));
        }

        Assert.InRange(aurocs.Average(), auroc - 0.03, auroc + 0.03);
        Assert.InRange(precisions.Average(), ap - 0.08, ap + 0.08);
    }

    [Theory]
    [InlineData(1, 1, 0.5f, 0, 1f)]
    [InlineData(0, 0, 0.5f, 0, 1f)]
    [InlineData(0, 2, 0.5f, 0, 1f)]
    [InlineData(0, 1, float.NaN, 0, 1f)]
    [InlineData(0, 1, 0.5f, 2_048, 1f)]
    [InlineData(0, 1, 0.5f, -2, 1f)]
    [InlineData(0, 1, 0.5f, 0, float.NaN)]
    public void Constructor_OfPlanesThatLeadAstray_Throws(int plane, int left, float threshold, int column, float coefficient)
    {
        ForestNode[] nodes = [new(plane, left, threshold, 1), new(-1, 0, 0, 1), new(-1, 0, 0, 1)];
        PlaneTerm[] terms = [new(column, coefficient), PlaneTerm.Unused];
        Assert.Throws<ArgumentException>(() => new IsolationForest(nodes, [0], 1, columnsPerSplit: 2, terms));
    }

    private static float[] Cluster(int count, int columns)
    {
        var random = new SeededRandom(11);
        return [.. Enumerable.Range(0, count * columns).Select(_ => (float)random.NextNormal())];
    }
}
