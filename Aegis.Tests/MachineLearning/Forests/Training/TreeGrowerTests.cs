using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning.Forests.Training;

public sealed class TreeGrowerTests
{
    [Theory]
    [InlineData(100, 1)]
    [InlineData(128, 1)]
    [InlineData(129, 1)]
    [InlineData(100, 2)]
    public void Grow_OnAllRows_EndsEachPathAtTheDepthAndTheRowsThatCameThere(int count, int columnsPerSplit)
    {
        const int Columns = 3;
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var random = new SeededRandom(seed);
            var rows = new float[count * Columns];
            foreach (ref var value in rows.AsSpan())
            {
                // Some repeat, some are missing.
                value = random.NextBool(0.1) ? float.NaN : MathF.Round((float)random.NextNormal() * 8);
            }

            var grower = new TreeGrower(rows, Columns, count, new IsolationForestOptions { ColumnsPerSplit = columnsPerSplit });
            var tree = grower.Grow(count, random);
            var reached = new int[tree.Nodes.Length];
            for (var row = 0; row < count; row++)
            {
                for (var node = 0; ; node = Next(tree, node, rows.AsSpan(row * Columns, Columns), columnsPerSplit))
                {
                    reached[node]++;
                    if (tree.Nodes[node].Feature < 0)
                    {
                        break;
                    }
                }
            }

            var limit = (int)Math.Ceiling(Math.Log2(count));
            var depths = new int[tree.Nodes.Length];
            for (var node = 0; node < tree.Nodes.Length; node++)
            {
                var (feature, left, _, pathLength, _) = tree.Nodes[node];
                Assert.True(reached[node] > 0, $"seed {seed}: no row reaches node {node}");
                Assert.Equal((float)(depths[node] + AveragePathLength.Of(reached[node])), pathLength);
                Assert.True(feature < 0 || depths[node] < limit, $"seed {seed}: a split at depth {depths[node]}");
                if (feature >= 0)
                {
                    Assert.True(left > node, $"seed {seed}: node {node} has its children at {left}");
                    depths[left] = depths[left + 1] = depths[node] + 1;
                }
            }
        }
    }

    [Fact]
    public void Grow_OfTwoRows_PartsThemOnce()
    {
        var tree = new TreeGrower([1, 2], 1, 2, new IsolationForestOptions()).Grow(2, new SeededRandom(1));
        Assert.Equal(3, tree.Nodes.Length);
        Assert.Equal((0, 1, 1f), (tree.Nodes[0].Feature, tree.Nodes[0].Left, tree.Nodes[0].PathLength));
        Assert.InRange(tree.Nodes[0].Threshold, MathF.BitIncrement(1), 2);
        Assert.Equal([new ForestNode(-1, 0, 0, 1), new ForestNode(-1, 0, 0, 1)], tree.Nodes[1..]);
        Assert.Empty(tree.Terms);
    }

    [Theory]
    [InlineData(1, 0f)]
    [InlineData(2, 1f)]
    [InlineData(3, 1.6666666f)]
    public void Grow_OfRowsThatDoNotDiffer_IsALeafOfTheirAveragePath(int count, float pathLength)
    {
        var tree = new TreeGrower(
            [.. Enumerable.Repeat(4f, count)], 1, count, new IsolationForestOptions()).Grow(count, new SeededRandom(1));
        Assert.Equal(pathLength, Assert.Single(tree.Nodes).PathLength, 1e-6f);
    }

    [Fact]
    public void Grow_OfMissingValues_SendsThemWhereMoreRowsWent()
    {
        // One row apart, then nine together, and one without a value: the larger side is that of the nine.
        float[] low = [0, 100, 100, 100, 100, 100, 100, 100, 100, 100, float.NaN];
        float[] high = [100, 0, 0, 0, 0, 0, 0, 0, 0, 0, float.NaN];
        float[] even = [0, 100, float.NaN];
        Assert.Equal((MissingSide.Right, 1, 10), FirstSplit(low));
        Assert.Equal((MissingSide.Left, 10, 1), FirstSplit(high));
        Assert.Equal((MissingSide.Right, 1, 2), FirstSplit(even));
    }

    [Theory]
    [InlineData(0.01, 1)]
    [InlineData(0.3, 3)]
    [InlineData(0.99, 10)]
    public void Grow_WithAShareOfTheColumns_SplitsOnSoMany(double share, int most)
    {
        var random = new SeededRandom(5);
        float[] rows = [.. Enumerable.Range(0, 256 * 10).Select(_ => (float)random.NextNormal())];
        var grower = new TreeGrower(rows, 10, 256, new IsolationForestOptions { ColumnShare = share });
        var tree = grower.Grow(256, random);
        Assert.Equal(most, tree.Nodes.Where(node => node.Feature >= 0).Select(node => node.Feature).Distinct().Count());
    }

    [Fact]
    public void Grow_Again_DoesNotRememberTheTreeBefore()
    {
        var random = new SeededRandom(6);
        float[] rows = [.. Enumerable.Range(0, 300).Select(_ => (float)random.NextNormal())];
        var options = new IsolationForestOptions { ColumnsPerSplit = 2 };
        var used = new TreeGrower(rows, 3, 64, options);
        used.Grow(64, new SeededRandom(7));
        var (again, alone) = (used.Grow(20, new SeededRandom(8)), new TreeGrower(rows, 3, 64, options).Grow(20, new SeededRandom(8)));
        Assert.Equal(alone.Nodes, again.Nodes);
        Assert.Equal(alone.Terms, again.Terms);
    }

    /// <summary>Where missing values go at the root, and how many rows each child has: with n rows its path length is 1 + c(n).</summary>
    private static (MissingSide Missing, int Lefts, int Rights) FirstSplit(float[] rows)
    {
        var tree = new TreeGrower(rows, 1, rows.Length, new IsolationForestOptions()).Grow(rows.Length, new SeededRandom(1));
        var (_, left, _, _, missing) = tree.Nodes[0];
        return (missing, RowsOf(tree.Nodes[left]), RowsOf(tree.Nodes[left + 1]));

        int RowsOf(
            ForestNode node) => Enumerable.Range(1, rows.Length).Single(n => (float)(1 + AveragePathLength.Of(n)) == node.PathLength);
    }

    private static int Next(GrownTree tree, int node, ReadOnlySpan<float> row, int columnsPerSplit)
    {
        var split = tree.Nodes[node];
        if (columnsPerSplit == 1)
        {
            return split.Next(row[split.Feature]);
        }

        var sum = 0.0;
        foreach (var term in tree.Terms.AsSpan(split.Feature * columnsPerSplit, columnsPerSplit))
        {
            sum += term.Column < 0 ? 0 : term.Coefficient * (double)row[term.Column];
        }

        return split.Next((float)sum);
    }
}
