using System.Collections.Concurrent;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning.Forests.Training;

public sealed class IsolationForestTrainerTests
{
    [Fact]
    public void Train_CountsTheTreesThatAreGrown()
    {
        var progress = new Counts();
        IsolationForestTrainer.Train(Rows(100, 2), 2, new IsolationForestOptions { Trees = 25, SubsampleSizes = [16] }, progress);
        Assert.Equal(Enumerable.Range(1, 25), progress.Reported.Order());
    }

    [Fact]
    public void Train_DividesByThePathsOfTheSubsamplesThatWereThere()
    {
        var options = new IsolationForestOptions { Trees = 3, SubsampleSizes = [8, 32] };
        // Trees take 8, 32 and 8 rows.
        var normaliser = (2 * AveragePathLength.Of(8)) + AveragePathLength.Of(32);
        Assert.Equal(normaliser, IsolationForestTrainer.Train(Rows(100, 2), 2, options).PathNormaliser, 1e-5);
        // Of 20 rows they take 8, 20 and 8.
        Assert.Equal(
            (2 * AveragePathLength.Of(8)) + AveragePathLength.Of(20), IsolationForestTrainer.Train(Rows(20, 2), 2, options).PathNormaliser,
            1e-5);
    }

    [Fact]
    public void Train_OnOneRow_ScoresEverythingOne()
    {
        var forest = IsolationForestTrainer.Train([1, 2], 2, new IsolationForestOptions { Trees = 5 });
        Assert.Equal(1e-9, forest.PathNormaliser);
        Assert.Equal(1, forest.Score([1, 2]));
        Assert.Equal(1, forest.Score([-9, 1e30f]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Train_JoinsTrees_AsIfEachWereGrownAlone(int columnsPerSplit)
    {
        var rows = Rows(80, 3);
        var options = new IsolationForestOptions { Trees = 6, SubsampleSizes = [16, 64], ColumnsPerSplit = columnsPerSplit, Seed = 9 };
        var forest = IsolationForestTrainer.Train(rows, 3, options);
        var grower = new TreeGrower(rows, 3, 64, options);
        var (nodes, terms) = (0, 0);
        for (var tree = 0; tree < options.Trees; tree++)
        {
            var grown = grower.Grow(tree % 2 == 0 ? 16 : 64, SeededRandom.For(9, (ulong)tree));
            Assert.Equal(nodes, forest.Roots[tree]);
            for (var i = 0; i < grown.Nodes.Length; i++)
            {
                var (alone, joined) = (grown.Nodes[i], forest.Nodes[nodes + i]);
                Assert.Equal((alone.Threshold, alone.PathLength, alone.Missing), (joined.Threshold, joined.PathLength, joined.Missing));
                Assert.Equal(
                    alone.Feature < 0 ? (-1, 0) : (alone.Feature + (terms / columnsPerSplit), alone.Left + nodes),
                    (joined.Feature, joined.Left));
            }

            Assert.Equal(grown.Terms, forest.Terms.Slice(terms, grown.Terms.Length).ToArray());
            nodes += grown.Nodes.Length;
            terms += grown.Terms.Length;
        }

        Assert.Equal((nodes, terms, columnsPerSplit), (forest.Nodes.Length, forest.Terms.Length, forest.ColumnsPerSplit));
    }

    [Fact]
    public void Train_OfRowsOrColumnsThatDoNotFit_SaysHowMany()
    {
        var options = new IsolationForestOptions { Trees = 1 };
        Assert.StartsWith(
            "columns is '0'; allowed: 1 to 2,048.",
            Assert.Throws<ArgumentException>(() => IsolationForestTrainer.Train([1], 0, options)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "columns is '2049'; allowed: 1 to 2,048.",
            Assert.Throws<ArgumentException>(
                () => IsolationForestTrainer.Train(new float[2_049], 2_049, options)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "0 values in rows of 2; allowed: one row or more",
            Assert.Throws<ArgumentException>(() => IsolationForestTrainer.Train([], 2, options)).Message, StringComparison.Ordinal);
        Assert.StartsWith(
            "3 values in rows of 2; allowed: one row or more",
            Assert.Throws<ArgumentException>(
                () => IsolationForestTrainer.Train(new float[3], 2, options)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => IsolationForestTrainer.Train(null!, 2, options));
        Assert.Throws<ArgumentNullException>(() => IsolationForestTrainer.Train([1], 1, null!));
    }

    private static float[] Rows(int count, int columns)
    {
        var random = new SeededRandom(1);
        return [.. Enumerable.Range(0, count * columns).Select(_ => (float)random.NextNormal())];
    }

    private sealed class Counts : IProgress<int>
    {
        public ConcurrentBag<int> Reported { get; } = [];

        public void Report(int value) => Reported.Add(value);
    }
}
