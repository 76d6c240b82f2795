using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Kernels;
using Aegis.MachineLearning.Trainers;
using static Aegis.Tests.MachineLearning.Bundles.Judgement;

namespace Aegis.Tests.MachineLearning.Bundles;

public sealed class ForestRulesTests
{
    private static readonly ForestNode Leaf = new(-1, 0, 0, 3);

    [Fact]
    public void Read_OfATreeGivenTwice_IsRefused() => AssertRefused(
        With([Split(1), Leaf, Leaf], [0, 0]),
        "Tree 1 begins at node 0; allowed: 0 to 2, and a node where no other tree begins.");

    [Fact]
    public void Read_OfATreeInsideAnother_IsRefused() => AssertRefused(
        With([Split(1), Leaf, Leaf], [0, 1]),
        "Node 0 has its children at 1, where others have theirs or a tree begins; allowed: children of its own.");

    [Fact]
    public void Read_OfANodeWithTwoParents_IsRefused() => AssertRefused(
        With([Split(1), Split(3), Split(3), Leaf, Leaf], [0]),
        "Node 2 has its children at 3, where others have theirs or a tree begins; allowed: children of its own.");

    [Fact]
    public void Read_OfChildrenBeforeTheirParent_IsRefused() => AssertRefused(
        With([Leaf, Leaf, Split(0)], [2]), "Node 2 has its children at 0; allowed: behind it, to 1.");

    [Theory]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Read_OfAThresholdThatIsInfinite_IsRefused(float threshold, string named) => AssertRefused(
        With([new(0, 1, threshold, 1), Leaf, Leaf], [0]),
        $"Node 0 has threshold {named} and path length 1; allowed: finite numbers, a path length of 0 or more.");

    [Fact]
    public void Read_OfAPathLengthThatIsInfinite_IsRefused() => AssertRefused(
        With([new(0, 1, 1, float.PositiveInfinity), Leaf, Leaf], [0]),
        "Node 0 has threshold 1 and path length Infinity; allowed: finite numbers, a path length of 0 or more.");

    [Theory]
    [InlineData(float.NaN, 1)]
    [InlineData(1, float.NaN)]
    [InlineData(1, -1)]
    public void Check_OfANodeThatIsNoNumber_Throws(float threshold, float pathLength) => Assert.StartsWith(
        "Node 0 has threshold", Fault(ForestRules.Any, [new(0, 1, threshold, pathLength), Leaf, Leaf], [0]), StringComparison.Ordinal);

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void Check_OfARootThatIsNoNode_Throws(int root) => Assert.StartsWith(
        $"Tree 0 begins at node {root};", Fault(ForestRules.Any, [Split(1), Leaf, Leaf], [root]), StringComparison.Ordinal);

    [Theory]
    [InlineData(2)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void Check_OfChildrenThatAreNoNodes_Throws(int left) => Assert.StartsWith(
        $"Node 0 has its children at {left};", Fault(ForestRules.Any, [Split(left), Leaf, Leaf], [0]), StringComparison.Ordinal);

    [Fact]
    public void Read_OfMoreTreesThanAPaymentMayPass_IsRefused()
    {
        ForestNode[] leaves = [.. Enumerable.Repeat(Leaf, 10_001)];
        int[] roots = [.. Enumerable.Range(0, 10_001)];
        Assert.Equal(10_000, Read(With(leaves, roots[..10_000])).Forest.Forest.Roots.Length);
        AssertRefused(With(leaves, roots), "The forest has 10,001 trees; allowed: 1 to 10,000.");
        AssertRefused(With([Split(1), Leaf, Leaf], new int[60_000]), "The forest has 60,000 trees; allowed: 1 to 10,000.");
    }

    [Fact]
    public void Read_OfPlanesOfMoreColumnsThanAPaymentMayPass_IsRefused()
    {
        Read(OfColumns(500_000));
        AssertRefused(
            OfColumns(500_001), "The forest's paths compare up to 500,001 columns of a payment; allowed: 500,000 in all trees.");
    }

    [Fact]
    public void Check_OfTwoTrees_AddsTheirLongestPathsTimesTheColumns()
    {
        // Paths of 1 and of 2 splits, and a tree of one split: 3 splits.
        ForestNode[] nodes = [Split(1), Leaf, Split(3), Leaf, Leaf, Split(6), Leaf, Leaf];
        new ForestRules(2, 12).Check(nodes, [0, 5], columnsPerSplit: 4);
        Assert.Equal(
            "The forest's paths compare up to 12 columns of a payment; allowed: 11 in all trees.",
            Assert.Throws<ArgumentException>(() => new ForestRules(2, 11).Check(nodes, [0, 5], columnsPerSplit: 4)).Message);
    }

    [Fact]
    public void Check_OfOptions_RefusesWhatCouldGrowTooLarge()
    {
        var largest = new IsolationForestOptions { Trees = 10_000, SubsampleSizes = [256, 32_768], ColumnsPerSplit = 3 };
        ForestRules.Bundle.Check(largest);
        Assert.Equal(
            "The forest's paths compare up to 600,000 columns of a payment; allowed: 500,000 in all trees.",
            Assert.Throws<ArgumentException>(() => ForestRules.Bundle.Check(largest with { ColumnsPerSplit = 4 })).Message);
        Assert.Throws<ArgumentException>(() => ForestRules.Bundle.Check(largest with { SubsampleSizes = [] }));
    }

    private static ForestNode Split(int left) => new(0, left, 1, 2);

    private static FraudModel With(ForestNode[] nodes, int[] roots) => With(new IsolationForest(nodes, roots, pathNormaliser: 2));

    private static FraudModel With(IsolationForest forest) =>
        TinyModel.Make() with { Forest = new IsolationForestTransformer(forest, 2) };

    /// <summary>A tree of one split that weighs many columns, all but one of them unused.</summary>
    private static FraudModel OfColumns(int columns)
    {
        var terms = Enumerable.Repeat(new PlaneTerm(-1, 0), columns).ToArray();
        terms[0] = new PlaneTerm(0, 1);
        return With(new IsolationForest([Split(1), Leaf, Leaf], [0], 2, columns, terms));
    }

    private static string Fault(ForestRules rules, ForestNode[] nodes, int[] roots) =>
        Assert.Throws<ArgumentException>(() => rules.Check(nodes, roots, columnsPerSplit: 1)).Message;
}
