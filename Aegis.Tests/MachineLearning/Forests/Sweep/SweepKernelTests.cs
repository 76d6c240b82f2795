using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Sweep;

namespace Aegis.Tests.MachineLearning.Forests.Sweep;

public sealed class SweepKernelTests
{
    private static readonly float[] Odd = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, float.MaxValue,
        float.MinValue, float.Epsilon];

    [Fact]
    public void SumLeaves_OfAnyForestAndRows_HasTheBitsOfAWalk()
    {
        for (var seed = 1UL; seed <= 300; seed++)
        {
            var random = new SeededRandom(seed);
            var columns = 1 + random.NextInt(20);
            // Few different thresholds are shared by trees, many make groups of trees necessary.
            var thresholds = seed % 3 == 0 ? 40 : 100_000;
            var (nodes, roots) = Forest(ref random, columns, trees: 1 + random.NextInt(30), thresholds);
            var forest = SweptForest.Of(nodes, roots, columns);
            Assert.NotNull(forest);

            var rowCount = 48 + random.NextInt(150);
            var rows = Rows(ref random, nodes, columns + random.NextInt(3), rowCount);
            var sums = new double[rowCount];
            var taken = SweepKernel.SumLeaves(forest, rows, rows.Length / rowCount, sums);
            Assert.InRange(taken, rowCount - SweepKernel.MinRows, rowCount);
            for (var row = 0; row < taken; row++)
            {
                Assert.True(IsolationForestTests.SumOfLeaves(nodes, roots, rows.AsSpan(row * (rows.Length / rowCount))) == sums[row],
                    $"seed {seed}, row {row} of {rowCount}");
            }
        }
    }

    [Fact]
    public void Of_OfTreesWithManyThresholds_MakesGroupsThatKeepTheOrderOfTrees()
    {
        var random = new SeededRandom(5);
        var (nodes, roots) = Forest(ref random, columns: 1, trees: 40, thresholds: 100_000);
        var forest = SweptForest.Of(nodes, roots, columns: 1)!;
        Assert.InRange(forest.Groups.Length, 2, 40);
        Assert.Equal(Enumerable.Range(0, 40), forest.Groups.SelectMany(group => Enumerable.Range(group.FirstTree, group.Trees)));
        Assert.Equal(nodes.Count(node => node.Feature >= 0), forest.Splits.Length);
    }

    [Fact]
    public void Of_OfWhatBytesCannotNumber_IsNull()
    {
        // One tree of 300 thresholds of one column among small ones.
        var chain = Enumerable.Range(0, 300)
            .SelectMany(i => new[] { new ForestNode(-1, 0, 0, i % 7), new ForestNode(0, (2 * i) + 3, i, 0) });
        ForestNode[] nodes = [new(0, 1, -1, 0), .. chain, new(-1, 0, 0, 1), new(-1, 0, 0, 2), .. Enumerable.Repeat(
            new ForestNode(-1, 0, 0, 3), 20)];
        int[] roots = [0, .. Enumerable.Range(603, 20)];
        Assert.Null(SweptForest.Of(nodes, roots, columns: 1));
        Assert.Null(SweptForest.Of(nodes, [0], columns: 1));
        Assert.Null(SweptForest.Of([new(-1, 0, 0, 3)], [0], columns: 0));
    }

    private static (ForestNode[] Nodes, int[] Roots) Forest(ref SeededRandom random, int columns, int trees, int thresholds)
    {
        var nodes = new List<ForestNode>();
        var roots = new int[trees];
        for (var tree = 0; tree < trees; tree++)
        {
            roots[tree] = nodes.Count;
            var open = new Queue<int>([nodes.Count]);
            nodes.Add(default);
            for (var splits = random.NextInt(100); open.TryDequeue(out var index);)
            {
                if (splits-- <= 0)
                {
                    nodes[index] = new ForestNode(-1, 0, 0, (float)random.NextInt(90) / 7);
                    continue;
                }

                var threshold = random.NextBool(0.05)
                    ? Odd[1 + random.NextInt(Odd.Length - 1)]
                    : (float)Math.Pow(random.NextInt(thresholds) - (thresholds / 2), 3) / 1000;
                nodes[index] = new ForestNode(
                    random.NextInt(columns), nodes.Count, threshold, 0, random.NextBool(0.3) ? MissingSide.Left : MissingSide.Right);
                open.Enqueue(nodes.Count);
                open.Enqueue(nodes.Count + 1);
                nodes.AddRange([default, default]);
            }
        }

        return ([.. nodes], roots);
    }

    /// <summary>Values at, beside and far from thresholds, and odd ones.</summary>
    private static float[] Rows(ref SeededRandom random, ForestNode[] nodes, int columns, int rowCount)
    {
        var rows = new float[rowCount * columns];
        var isOdd = random.NextBool(0.5);
        for (var i = 0; i < rows.Length; i++)
        {
            var threshold = nodes[random.NextInt(nodes.Length)].Threshold;
            rows[i] = random.NextInt(5) switch
            {
                0 => threshold,
                1 => MathF.BitDecrement(threshold),
                2 => MathF.BitIncrement(threshold),
                3 when isOdd => Odd[random.NextInt(Odd.Length)],
                _ => (float)(random.NextNormal() * Math.Pow(10, random.NextInt(12))),
            };
        }

        return rows;
    }
}
