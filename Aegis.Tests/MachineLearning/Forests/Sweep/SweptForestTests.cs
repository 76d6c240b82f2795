using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Sweep;

namespace Aegis.Tests.MachineLearning.Forests.Sweep;

public sealed class SweptForestTests
{
    [Fact]
    public void Of_TwoTrees_LaysOutSplitsValuesAndSlots()
    {
        // A tree of two splits, deeper to the right, and a tree of a leaf alone.
        ForestNode[] nodes =
        [
            new(0, 1, 5, 0), new(-1, 0, 0, 3), new(1, 3, 7, 0), new(-1, 0, 0, 4), new(-1, 0, 0, 3), new(-1, 0, 0, 9),
        ];
        var forest = SweptForest.Of(nodes, [0, 5], columns: 2)!;
        Assert.Equal(2, forest.Columns);
        Assert.Equal([(0, 2), (2, 0)], forest.Trees.Select(tree => (tree.FirstSplit, tree.Splits)));
        Assert.Equal((2, 2), (forest.Splits.Length, forest.FirstLeafSlot));
        // Equal leaf values of a tree are kept once.
        Assert.Equal(2, forest.LeafSlots);
        Assert.Equal([3, 4], forest.Values[..2].Order());
        Assert.Equal(9, forest.Values[forest.Trees[1].FirstValue]);
        Assert.Equal((0, 2), (Assert.Single(forest.Groups).FirstTree, forest.Groups[0].Trees));
    }

    /// <summary>A tree of n splits has 2n + 1 nodes, and may have 280.</summary>
    [Theory]
    [InlineData(1, 139, true)]
    [InlineData(1, 140, false)]
    [InlineData(2, 139, true)]
    public void Of_TreesOfManySplits_IsNullWhereWalkingIsQuicker(int trees, int splits, bool isSwept)
    {
        var (nodes, roots) = Chains(trees, splits, leafValues: 9);
        Assert.Equal(isSwept, SweptForest.Of(nodes, roots, columns: 1) is not null);
    }

    [Fact]
    public void Of_ALargeTreeAmongSmallOnes_GoesByTheirMean()
    {
        var (nodes, _) = Chains(1, 200, leafValues: 9);
        ForestNode[] withLeaf = [.. nodes, new(-1, 0, 0, 1)];
        Assert.Null(SweptForest.Of(nodes, [0], columns: 1));
        Assert.NotNull(SweptForest.Of(withLeaf, [0, nodes.Length], columns: 1));
    }

    [Fact]
    public void Of_JustAsManyNodesAsMayBe_IsSwept()
    {
        // 279 and 281 nodes of two trees, which may have 560.
        var ((first, _), (second, _)) = (Chains(1, 139, leafValues: 9), Chains(1, 140, leafValues: 9));
        ForestNode[] nodes = [.. first, .. second.Select(node => node.Feature < 0 ? node : node with { Left = node.Left + first.Length })];
        Assert.Equal(560, nodes.Length);
        Assert.NotNull(SweptForest.Of(nodes, [0, first.Length], columns: 1));
    }

    [Fact]
    public void Of_ATreeOf256LeafValues_NumbersThemAll()
    {
        var (nodes, _) = Chains(1, 255, leafValues: 1_000);
        var forest = SweptForest.Of([.. nodes, new(-1, 0, 0, 1)], [0, nodes.Length], columns: 1)!;
        Assert.Equal((256, 257), (forest.LeafSlots, forest.Values.Length));
    }

    [Theory]
    [InlineData(255, true)]
    [InlineData(256, false)]
    public void Of_ATreeOfMoreThresholdsThanAByteNumbers_IsNull(int thresholds, bool isSwept)
    {
        var (nodes, _) = Chains(1, thresholds, leafValues: 9);
        ForestNode[] all = [.. nodes, new(-1, 0, 0, 1), new(-1, 0, 0, 1)];
        Assert.Equal(isSwept, SweptForest.Of(all, [0, nodes.Length, nodes.Length + 1], columns: 1) is not null);
    }

    [Fact]
    public void Of_NoColumns_IsNull() => Assert.Null(SweptForest.Of([new(-1, 0, 0, 3)], [0], columns: 0));

    /// <summary>Keys, ranks and slots of 64 rows: four bytes a column, 256 leaf values and a slot a split, in 128 KiB.</summary>
    [Theory]
    [InlineData(447, true)]
    [InlineData(448, false)]
    public void Of_MoreColumnsThanTheStackHolds_IsNull(int columns, bool isSwept)
    {
        var (nodes, roots) = Chains(1, 4, leafValues: 2);
        Assert.Equal(isSwept, SweptForest.Of(nodes, roots, columns) is not null);
    }

    /// <summary>Trees that go right at one threshold after another of the first column.</summary>
    private static (ForestNode[] Nodes, int[] Roots) Chains(int trees, int splits, int leafValues)
    {
        var nodes = new List<ForestNode>();
        var roots = new int[trees];
        for (var tree = 0; tree < trees; tree++)
        {
            roots[tree] = nodes.Count;
            nodes.Add(new ForestNode(0, nodes.Count + 1, 0, 0));
            for (var split = 1; split <= splits; split++)
            {
                nodes.Add(new ForestNode(-1, 0, 0, split % leafValues));
                nodes.Add(split < splits ? new ForestNode(0, nodes.Count + 1, split, 0) : new ForestNode(-1, 0, 0, 0.5f));
            }
        }

        return ([.. nodes], roots);
    }
}
