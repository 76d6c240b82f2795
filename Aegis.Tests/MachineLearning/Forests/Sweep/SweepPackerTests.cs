using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Sweep;

namespace Aegis.Tests.MachineLearning.Forests.Sweep;

public sealed class SweepPackerTests
{
    // Input 0 at 5; left input 1 at -0, which is 0; its leaves 3 and 4 have the value of leaf 2.
    private static readonly ForestNode[] Small =
        [new(0, 1, 5, 9), new(1, 3, -0f, 9, MissingSide.Left), new(-1, 0, 0, 2), new(-1, 0, 0, 1), new(-1, 0, 0, 2), new(7, 5, 3, 3)];

    [Fact]
    public void Constructor_CountsThresholdsAndSplits_OfNodesThatATreeReaches()
    {
        var packer = new SweepPacker(Small, [0, 1], columns: 8);
        Assert.Equal((8, 2), (packer.Columns, packer.MostSplits));
        Assert.Equal([5], packer.Thresholds[0]);
        Assert.Equal([0], packer.Thresholds[1]);
        Assert.All(packer.Thresholds[2..], Assert.Empty);
    }

    [Fact]
    public void TryPack_PutsTheDeepestSplitFirst_AndEachLeafValueOnce()
    {
        var packer = new SweepPacker(Small, [0], columns: 2);
        Assert.True(packer.TryPack(Small));
        Assert.Equal(new SweptForest.Tree(0, 0, 2), Assert.Single(packer.Trees));
        // From the last node to the first: 2 (of leaf 4), then 1, then 2 again.
        Assert.Equal([2, 1], packer.Values);
        Assert.Equal(2, packer.MaxLeafValues);
        // Slots of 64 rows: two splits, then the values.
        const int Two = 2 * 64, One = 3 * 64;
        Assert.Equal([new(3 * 64, One, Two, -128), new(0, 0, Two, -128)], packer.Splits);
        var group = Assert.Single(packer.Groups);
        Assert.Equal((0, 1), (group.FirstTree, group.Trees));
        Assert.Equal([-128, -127], group.Maps[0]);
    }

    [Fact]
    public void TryPack_OfTreesThatShareThresholds_KeepsThemInOneGroup()
    {
        // One threshold takes one number of however many trees; 256 are too many for a byte.
        Assert.Single(Packed(Enumerable.Repeat(1f, 300)).Groups);
        Assert.Single(Packed(Enumerable.Range(0, 255).Select(i => (float)i)).Groups);
        var groups = Packed(Enumerable.Range(0, 256).Select(i => (float)i)).Groups;
        Assert.Equal([(0, 255), (255, 1)], groups.Select(group => (group.FirstTree, group.Trees)));
    }

    [Fact]
    public void TryPack_OfTreesInGroups_NumbersThresholdsWithinTheirs()
    {
        var packer = Packed(Enumerable.Range(0, 300).Select(i => (float)i));
        Assert.Equal(
            [.. Enumerable.Range(0, 255).Select(i => (sbyte)(i - 128)), .. Enumerable.Range(0, 45).Select(i => (sbyte)(i - 128))],
            packer.Splits.Select(split => split.Key));
    }

    [Fact]
    public void TryPack_OfOneTreeWithTooManyThresholds_IsFalse()
    {
        Assert.True(PackChain(255));
        Assert.False(PackChain(256));
    }

    /// <summary>A tree for each threshold of one input.</summary>
    private static SweepPacker Packed(IEnumerable<float> thresholds)
    {
        ForestNode[] nodes = [.. thresholds.SelectMany(
            (threshold, tree) => new ForestNode[] { new(0, (3 * tree) + 1, threshold, 0), new(-1, 0, 0, 1), new(-1, 0, 0, 2) })];
        var packer = new SweepPacker(nodes, [.. Enumerable.Range(0, nodes.Length / 3).Select(tree => 3 * tree)], 1);
        Assert.True(packer.TryPack(nodes));
        return packer;
    }

    private static bool PackChain(int splits)
    {
        ForestNode[] nodes = [.. Enumerable.Range(
            0, splits).SelectMany(i => new ForestNode[] { new(0, (2 * i) + 1, i, 0), new(-1, 0, 0, 1) }), new(-1, 0, 0, 2)];
        return new SweepPacker(nodes, [0], 1).TryPack(nodes);
    }
}
