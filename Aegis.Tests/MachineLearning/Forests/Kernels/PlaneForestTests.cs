using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Kernels;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning.Forests.Kernels;

public sealed class PlaneForestTests
{
    // x + 2 y below 10 goes left; then -x below 0, which weighs one column of the two that a split may.
    private static readonly PlaneTerm[] Terms = [new(0, 1), new(1, 2), new(0, -1), PlaneTerm.Unused];
    private static readonly ForestNode[] Nodes =
    [
        new(0, 1, 10, 4), new(-1, 0, 0, 3), new(1, 3, 0, 2, MissingSide.Left), new(-1, 0, 0, 8), new(-1, 0, 0, 16),
    ];

    [Theory]
    [InlineData(3, 3, 3)]
    [InlineData(4, 3, 8)]
    [InlineData(-4, 7, 16)]
    [InlineData(0, 5, 16)]
    [InlineData(float.PositiveInfinity, 0, 8)]
    [InlineData(0, float.NegativeInfinity, 3)]
    [InlineData(float.NaN, 0, 8)]
    public void SumLeaves_EndsWhereTheSumsSay(float x, float y, double leaf)
    {
        var sums = new double[3];
        // A third input is none of its columns.
        Forest([0]).SumLeaves([x, y, 99, x, y, 99, x, y, 99], 3, sums);
        Assert.Equal([leaf, leaf, leaf], sums);
        Assert.Equal(2, Forest([0]).Columns);
    }

    [Fact]
    public void SumLeaves_OfManyTrees_AddsThemAll()
    {
        for (var trees = 1; trees <= 20; trees++)
        {
            // Tree t begins at node 0 or 2 in turn.
            var forest = Forest([.. Enumerable.Range(0, trees).Select(tree => tree % 2 * 2)]);
            var sums = new double[1];
            forest.SumLeaves([3, 3], 2, sums);
            Assert.Equal(((trees + 1) / 2 * 3) + (trees / 2 * 8), sums[0]);
        }
    }

    [Fact]
    public void AddContributions_SharesEachStepByThePlanesColumns()
    {
        var contributions = new double[] { 100, 200, 300 };
        Forest([0]).AddContributions([4, 3, 99], contributions);
        // Root: 4 to 2, shared by two columns; then 2 to 8, all by column 0.
        Assert.Equal([100 + 1 - 6, 200 + 1, 300], contributions);
    }

    [Fact]
    public void AddContributions_OfGrownForests_AddsUpToWhatThePathsChanged()
    {
        const ulong Seed = 4;
        var random = new SeededRandom(Seed);
        float[] rows = [.. Enumerable.Range(0, 400).Select(_ => (float)random.NextNormal())];
        var grown = IsolationForestTrainer.Train(
            rows, 4, new IsolationForestOptions { Trees = 19, SubsampleSizes = [32], ColumnsPerSplit = 3 });
        var forest = new PlaneForest(grown.Nodes.ToArray(), grown.Roots.ToArray(), grown.Terms, 3);
        var (contributions, sums) = (new double[4], new double[1]);
        for (var row = 0; row < 100; row++)
        {
            Array.Clear(contributions);
            forest.AddContributions(rows.AsSpan(row * 4, 4), contributions);
            forest.SumLeaves(rows.AsSpan(row * 4, 4), 4, sums);
            var expected = grown.Roots.ToArray().Sum(root => (double)grown.Nodes[root].PathLength) - sums[0];
            Assert.True(Math.Abs(expected - contributions.Sum()) < 1e-9, $"seed {Seed}, row {row}: {contributions.Sum()}, not {expected}");
        }
    }

    [Fact]
    public void Constructor_OfTermsThatAreNoMultiple_SaysSo()
    {
        Assert.StartsWith(
            "3 terms for 2 columns a split; allowed: a multiple, 1 column or more.", Refusal(Nodes, [0], Terms[..3]),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "4 terms for 0 columns a split", Assert.Throws<ArgumentException>(
                () => new PlaneForest(Nodes, [0], Terms, 0)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void Constructor_OfARootOutside_SaysWhich(int root) =>
        Assert.StartsWith($"A tree begins at node {root}; allowed: 0 to 4.", Refusal(Nodes, [0, root], Terms), StringComparison.Ordinal);

    [Fact]
    public void Constructor_OfNodesThatLeadAstray_NamesTheNode()
    {
        AssertRefused(0, Nodes[0] with { Left = 0 });
        AssertRefused(2, Nodes[2] with { Left = 2 });
        AssertRefused(2, Nodes[2] with { Left = 4 });
        AssertRefused(0, Nodes[0] with { Feature = 2 });
        AssertRefused(0, Nodes[0] with { Threshold = float.NaN });
        AssertRefused(1, Nodes[1] with { PathLength = float.PositiveInfinity });

        static void AssertRefused(int index, ForestNode node)
        {
            ForestNode[] nodes = [.. Nodes];
            nodes[index] = node;
            var message = Refusal(nodes, [0], Terms);
            Assert.StartsWith($"Node {index} is ", message, StringComparison.Ordinal);
            Assert.Contains("one of 2 planes", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(-2, 1f)]
    [InlineData(2_048, 1f)]
    [InlineData(0, float.NaN)]
    [InlineData(0, float.NegativeInfinity)]
    public void Constructor_OfATermOutOfRange_NamesIt(int column, float coefficient) =>
        Assert.Contains(
            "allowed: columns to 2047, finite coefficients.", Refusal(Nodes, [0], [.. Terms[..3], new(column, coefficient)]),
            StringComparison.Ordinal);

    [Fact]
    public void Constructor_OfTheLastColumnThatIsAllowed_TakesIt() =>
        Assert.Equal(2_048, new PlaneForest(Nodes, [0], [.. Terms[..3], new(2_047, 1)], 2).Columns);

    private static PlaneForest Forest(int[] roots) => new(Nodes, roots, Terms, 2);

    private static string Refusal(ForestNode[] nodes, int[] roots, PlaneTerm[] terms) =>
        Assert.Throws<ArgumentException>(() => new PlaneForest(nodes, roots, terms, 2)).Message;
}
