using Aegis.Core.Numerics;
using Aegis.MachineLearning.Evaluation;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Kernels;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning.Forests;

public sealed partial class IsolationForestTests
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
        Assert.Equal(IsolationForestTrainer.Train(rows, 4, options).Nodes.ToArray(), IsolationForestTrainer.Train(
            rows, 4, options).Nodes.ToArray());
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
            rows[(row * 5) + 2] = (float)random.NextNormal();
        }

        var forest = IsolationForestTrainer.Train(rows, 5, new IsolationForestOptions { Trees = 20 });
        Assert.All(forest.Nodes.ToArray(), node => Assert.True(node.Feature is -1 or 2));
    }

    [Fact]
    public void Score_OfRowsTogether_IsTheSameToTheBitAsTheSumOfTheWalks()
    {
        // Trees of every shape: ψ of 2 leaves all above the packed top, 1,024 goes far below it.
        var forest = IsolationForestTrainer.Train(
            Cluster(3_000, 5), 5, new IsolationForestOptions { Trees = 43, SubsampleSizes = [2, 9, 256, 1024] });
        const ulong Seed = 17;
        var random = new SeededRandom(Seed);
        for (var count = 1; count <= 257; count++)
        {
            // Exact zeros of both signs, thresholds themselves and the infinities must fall on the same side everywhere.
            var rows = Enumerable.Range(0, count * 5).Select(_ => random.NextInt(12) switch
            {
                0 => 0f,
                1 => -0f,
                2 => float.PositiveInfinity,
                3 => float.NegativeInfinity,
                4 => float.NaN,
                5 => -float.NaN,
                6 => forest.Nodes[random.NextInt(forest.Nodes.Length)].Threshold,
                _ => (float)random.NextNormal() * 2,
            }).ToArray();
            var scores = new double[count];
            forest.Score(rows, count, scores);
            for (var row = 0; row < count; row++)
            {
                var expected = BitConverter.DoubleToInt64Bits(Walk(forest, rows.AsSpan(row * 5, 5)));
                Assert.True(expected == BitConverter.DoubleToInt64Bits(scores[row]), $"seed {Seed}, row {row} of {count}");
                Assert.Equal(expected, BitConverter.DoubleToInt64Bits(forest.Score(rows.AsSpan(row * 5, 5))));
            }
        }
    }

    [Fact]
    public void SumLeaves_OfAnyFloats_AddsThemInTheOrderOfTheTrees()
    {
        // Eleven chains of eight splits, whose leaves hold what those of boosted trees would: any sign, and zeros of both.
        const ulong Seed = 23;
        var random = new SeededRandom(Seed);
        float[] specials = [0f, -0f, -0f, -1e30f, float.Epsilon, float.MinValue, float.MaxValue];
        float Leaf() => random.NextBool(0.5) ? specials[random.NextInt(specials.Length)] : (float)random.NextNormal();
        var nodes = new List<ForestNode>();
        var roots = new List<int>();
        for (var tree = 0; tree < 11; tree++)
        {
            roots.Add(nodes.Count);
            nodes.Add(new ForestNode(random.NextInt(3), nodes.Count + 1, -1, 0, MissingSide.Left));
            for (var depth = 1; depth <= 8; depth++)
            {
                nodes.Add(new ForestNode(-1, 0, 0, Leaf()));
                nodes.Add(depth < 8 ? new ForestNode(
                    random.NextInt(3), nodes.Count + 1, -1, 0, random.NextBool(0.5) ? MissingSide.Left : MissingSide.Right)
                    : new ForestNode(-1, 0, 0, Leaf()));
            }
        }

        var packed = new PackedForest(nodes.ToArray(), roots.ToArray());
        float[] rows = [.. Enumerable.Range(0, 133 * 3).Select(_ => random.NextBool(0.1) ? float.NaN : (float)random.NextNormal())];
        var sums = new double[133];
        TreeKernel.SumLeaves(packed, rows, 3, sums);
        for (var row = 0; row < 133; row++)
        {
            Assert.True(SumOfLeaves([.. nodes], [.. roots], rows.AsSpan(row * 3, 3)) == sums[row], $"seed {Seed}, row {row}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Train_OnRowsWithMissingValues_SendsThemToTheLargerChild(int columnsPerSplit)
    {
        var random = new SeededRandom(31);
        var rows = new float[200 * 3];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = random.NextBool(0.3) ? float.NaN : (float)random.NextNormal();
        }

        // The subsample is all rows, so that every node's rows are known.
        var forest = IsolationForestTrainer.Train(
            rows, 3, new IsolationForestOptions { Trees = 30, SubsampleSizes = [256], ColumnsPerSplit = columnsPerSplit });
        foreach (var root in forest.Roots)
        {
            CheckNode(forest, rows, root, [.. Enumerable.Range(0, 200)], 0);
        }

        Assert.Contains(forest.Nodes.ToArray(), node => node.Feature >= 0 && node.Missing == MissingSide.Left);
    }

    [Fact]
    public void Train_WithAShareOfTheColumns_SplitsEachTreeOnSoMany()
    {
        var forest = IsolationForestTrainer.Train(Cluster(500, 10), 10, new IsolationForestOptions { Trees = 40, ColumnShare = 0.3 });
        var all = new HashSet<int>();
        for (var tree = 0; tree < 40; tree++)
        {
            var end = tree < 39 ? forest.Roots[tree + 1] : forest.Nodes.Length;
            var used = forest.Nodes[forest.Roots[tree]..end].ToArray().Where(node => node.Feature >= 0).Select(node => node.Feature)
                .ToHashSet();
            Assert.InRange(used.Count, 1, 3);
            all.UnionWith(used);
        }

        Assert.Equal(10, all.Count);
    }

    [Fact]
    public void Train_OnAnyNumberOfThreads_GivesOneForest()
    {
        var rows = Cluster(2_000, 4);
        var options = new IsolationForestOptions { Trees = 30, ColumnShare = 0.5 };
        Assert.Equal(
            IsolationForestTrainer.Train(rows, 4, options with { Threads = 1 }).Nodes.ToArray(),
            IsolationForestTrainer.Train(rows, 4, options with { Threads = 4 }).Nodes.ToArray());
    }

    [Fact]
    public void Train_DealsSubsampleSizesInTurn()
    {
        var forest = IsolationForestTrainer.Train(
            Cluster(2_000, 4), 4, new IsolationForestOptions { Trees = 4, SubsampleSizes = [256, 1_024] });
        int[] sizes = [256, 1_024, 256, 1_024];
        Assert.Equal(sizes.Select(size => (float)AveragePathLength.Of(size)), forest.Roots.ToArray()
            .Select(root => forest.Nodes[root].PathLength));
    }

    [Fact]
    public void Score_AllocatesNothing()
    {
        var rows = Cluster(500, 4);
        var forest = IsolationForestTrainer.Train(rows, 4, new IsolationForestOptions { Trees = 20 });
        var scores = new double[500];
        forest.Score(rows, 500, scores);
        var before = GC.GetAllocatedBytesForCurrentThread();
        scores[0] = forest.Score(rows.AsSpan(0, 4));
        forest.Score(rows, 500, scores);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Score_OfZeroOfEitherSign_IsNotBelowAThresholdOfZero()
    {
        float[] zeros = [0f, -0f];
        foreach (var threshold in zeros)
        {
            // Seven splits in a row, some packed as a tree's top and some below it; every left child is a leaf.
            var nodes = new List<ForestNode> { new(0, 1, threshold, 1) };
            for (var depth = 1; depth <= 7; depth++)
            {
                nodes.Add(new ForestNode(-1, 0, 0, depth));
                nodes.Add(depth < 7 ? new ForestNode(0, nodes.Count + 1, threshold, depth) : new ForestNode(-1, 0, 0, depth));
            }

            var forest = new IsolationForest([.. nodes], [0], 10);
            var scores = new double[8];
            forest.Score([0f, -0f, 0f, -0f, -1f, 1f, -0f, 0f], 8, scores);
            var (high, low) = (Math.Pow(2, -0.7), Math.Pow(2, -0.1));
            Assert.Equal([high, high, high, high, low, high, high, high], scores);
            Assert.Equal([high, high, low], new[] { 0f, -0f, -1f }.Select(x => forest.Score([x])));
        }
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
            var forest = IsolationForestTrainer.Train(
                rows, columns, new IsolationForestOptions { Trees = 100, SubsampleSizes = [256], Seed = seed });
            var scores = Enumerable.Range(0, labels.Length).Select(row => forest.Score(rows.AsSpan(row * columns, columns))).ToArray();
            aurocs.Add(RankingMetrics.Auroc(scores, labels));
            precisions.Add(RankingMetrics.AveragePrecision(scores, labels));
        }

        // Both means come from five seeds, so the band is the published spread and not that of a mean.
        Assert.InRange(aurocs.Average(), auroc - (2 * aurocSd) - 0.002, auroc + (2 * aurocSd) + 0.002);
        Assert.InRange(precisions.Average(), ap - (2 * apSd), ap + (2 * apSd));
    }

    /// <summary>The definition, node by node.</summary>
    private static double Walk(IsolationForest forest, ReadOnlySpan<float> row) =>
        Math.Pow(2, -SumOfLeaves(forest.Nodes, forest.Roots, row) / forest.PathNormaliser);

    /// <summary>The sum of the leaves that a row comes to, node by node.</summary>
    internal static double SumOfLeaves(ReadOnlySpan<ForestNode> nodes, ReadOnlySpan<int> roots, ReadOnlySpan<float> row)
    {
        var total = 0.0;
        foreach (var root in roots)
        {
            var node = nodes[root];
            while (node.Feature >= 0)
            {
                node = nodes[node.Next(row[node.Feature])];
            }

            total += node.PathLength;
        }

        return total;
    }

    /// <summary>Checks a subtree against the training rows that reach it.</summary>
    private static void CheckNode(IsolationForest forest, float[] rows, int index, List<int> reached, int depth)
    {
        var node = forest.Nodes[index];
        Assert.Equal((float)(depth + AveragePathLength.Of(reached.Count)), node.PathLength);
        if (node.Feature < 0)
        {
            return;
        }

        float ValueOf(int row) => forest.ColumnsPerSplit == 1 ? rows[(row * 3) + node.Feature] : Projection(row);

        float Projection(int row) => (float)forest.Terms.Slice(node.Feature * forest.ColumnsPerSplit, forest.ColumnsPerSplit).ToArray()
            .Where(term => term.Column >= 0).Sum(term => term.Coefficient * (double)rows[(row * 3) + term.Column]);

        var lefts = reached.Count(row => ValueOf(row) < node.Threshold);
        var rights = reached.Count(row => ValueOf(row) >= node.Threshold);
        Assert.True(lefts > 0 && rights > 0, $"{lefts} rows left and {rights} right of node {index}");
        Assert.Equal(lefts > rights ? MissingSide.Left : MissingSide.Right, node.Missing);
        CheckNode(forest, rows, node.Left, [.. reached.Where(row => node.Next(ValueOf(row)) == node.Left)], depth + 1);
        CheckNode(forest, rows, node.Left + 1, [.. reached.Where(row => node.Next(ValueOf(row)) != node.Left)], depth + 1);
    }

    private static float[] Cluster(int count, int columns)
    {
        var random = new SeededRandom(11);
        return [.. Enumerable.Range(0, count * columns).Select(_ => (float)random.NextNormal())];
    }
}
