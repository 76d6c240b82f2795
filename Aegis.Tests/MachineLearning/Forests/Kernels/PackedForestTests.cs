using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Kernels;

namespace Aegis.Tests.MachineLearning.Forests.Kernels;

public sealed class PackedForestTests
{
    private static readonly ForestNode Leaf = new(-1, 0, 0, 5);

    [Fact]
    public void KeyOf_OrdersAsFloatsDo()
    {
        const ulong Seed = 1;
        var random = new SeededRandom(Seed);
        float[] odd =
            [float.NegativeInfinity, float.MinValue, -1, -float.Epsilon, 0, -0f, float.Epsilon, 1, float.MaxValue, float.PositiveInfinity];
        float[] all = [.. odd, .. Enumerable.Range(
            0, 200).Select(_ => (float)(random.NextNormal() * Math.Pow(10, random.NextInt(30) - 15)))];
        foreach (var a in all)
        {
            foreach (var b in all)
            {
                Assert.True(
                    a.CompareTo(b + 0f) == PackedForest.KeyOf(a).CompareTo(PackedForest.KeyOf(b)) || a == b, $"seed {Seed}: {a} and {b}");
                Assert.Equal(a == b, PackedForest.KeyOf(a) == PackedForest.KeyOf(b));
            }
        }
    }

    [Fact]
    public void Constructor_LaysASmallTreeOut_ByLevelsBelowItsTop()
    {
        // A chain to the right: 0 splits into leaf 1 and 2, which splits into 3 and 4, and so on, six splits deep.
        var nodes = Chain(6);
        var forest = new PackedForest(nodes, [0]);
        Assert.Equal((3, 48, 56), (forest.Columns, forest.LowestColumn, forest.BlockLength));
        Assert.Equal(15, forest.Tops.Length);
        // The heap's right-most places are the chain's splits; the children of a leaf are its copies and test nothing.
        var key = PackedForest.KeyOf(1);
        Assert.Equal([0, 2, 6, 14], Enumerable.Range(0, 15).Where(place => forest.Tops[place].Key == key));
        Assert.Equal([0, 24, 32, 8 + 0], new[] { 0, 2, 6, 14 }.Select(place => forest.Tops[place].Column));
        // Sixteen ends of the top, then the splits that are left: two more levels.
        Assert.Equal(new PackedForest.Tree(0, 2), Assert.Single(forest.Trees));
        Assert.Equal(16 + 4, forest.Nodes.Length);
        Assert.Equal((16, 24), (forest.Nodes[15].Left, forest.Nodes[15].Column));
        Assert.Equal((18, 32), (forest.Nodes[17].Left, forest.Nodes[17].Column));
        Assert.All(new[] { 0, 7, 14, 16, 18, 19 }, leaf =>
        {
            Assert.Equal((leaf, forest.LowestColumn), (forest.Nodes[leaf].Left, forest.Nodes[leaf].Column));
            Assert.True(forest.Nodes[leaf].Value >= 1);
        });
    }

    [Fact]
    public void Constructor_OfSeveralTrees_PutsOneBehindTheOther()
    {
        var forest = new PackedForest(
            [Leaf, .. Chain(2).Select(node => node.Feature < 0 ? node : node with { Left = node.Left + 1 })], [0, 1, 0]);
        Assert.Equal([new(0, 0), new(16, 0), new(32, 0)], forest.Trees);
        Assert.Equal((48, 45), (forest.Nodes.Length, forest.Tops.Length));
    }

    [Theory]
    [InlineData(0, 5, "A tree names node 5; allowed: 0 to 4.")]
    [InlineData(2, 4, "A tree names node 5; allowed: 0 to 4.")]
    [InlineData(0, -1, "A tree names node -1; allowed: 0 to 4.")]
    public void Constructor_OfAChildOutside_NamesIt(int node, int left, string message)
    {
        var nodes = Chain(2);
        nodes[node] = nodes[node] with { Left = left };
        AssertRefused(message, nodes);
    }

    [Fact]
    public void Constructor_OfWhatIsNoNumber_NamesTheNode()
    {
        var nodes = Chain(2);
        nodes[2] = nodes[2] with { Threshold = float.NaN };
        AssertRefused("Node 2 is ", nodes);
        nodes = Chain(2);
        nodes[3] = nodes[3] with { PathLength = float.PositiveInfinity };
        AssertRefused("Node 3 is ", nodes);
    }

    [Fact]
    public void Constructor_OfACycle_EndsAndSaysSo()
    {
        var nodes = Chain(6);
        nodes[10] = nodes[10] with { Left = 9 };
        AssertRefused("The tree at node 0 has a cycle or more than 65,536 nodes below level 4.", nodes);
    }

    [Fact]
    public void Constructor_OfAnInputTooFar_SaysWhichAreAllowed()
    {
        AssertRefused("A split tests input 2048; allowed: 0 to 2047.", [new(2_048, 1, 1, 0), Leaf, Leaf]);
        Assert.Equal(2_048, new PackedForest([new(2_047, 1, 1, 0), Leaf, Leaf], [0]).Columns);
    }

    /// <summary>Splits at 1 on inputs 0, 1, 2 in turn, every one going on to the right; three of them send missing values left.</summary>
    private static ForestNode[] Chain(int splits)
    {
        var nodes = new ForestNode[(2 * splits) + 1];
        for (var i = 0; i < splits; i++)
        {
            nodes[2 * i] = new ForestNode(i % 3, (2 * i) + 1, 1, 0, i is 1 or 3 or 4 ? MissingSide.Left : MissingSide.Right);
            nodes[(2 * i) + 1] = new ForestNode(-1, 0, 0, i + 1);
        }

        nodes[2 * splits] = new ForestNode(-1, 0, 0, splits + 1);
        return nodes;
    }

    private static void AssertRefused(string message, ForestNode[] nodes) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => new PackedForest(nodes, [0])).Message, StringComparison.Ordinal);
}
