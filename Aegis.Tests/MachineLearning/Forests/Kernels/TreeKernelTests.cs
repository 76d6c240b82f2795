using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Kernels;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning.Forests.Kernels;

public sealed class TreeKernelTests
{
    private static readonly float[] Odd =
        [float.NaN, float.PositiveInfinity, float.NegativeInfinity, -0f, 0f, float.MaxValue, float.Epsilon];

    /// <summary>Row counts about every place where blocks of 8, of the whole scratch, and single rows meet.</summary>
    public static TheoryData<int> RowCounts => [.. Enumerable.Range(
        0, 30), 120, 123, 124, 127, 128, 129, 131, 132, 133, 255, 256, 257, 260];

    [Theory]
    [MemberData(nameof(RowCounts))]
    public void SumLeaves_OfAnyNumberOfRows_HasTheBitsOfAWalk(int rowCount)
    {
        foreach (var (columns, trees) in new[] { (1, 1), (3, 7), (3, 8), (5, 9), (2, 33) })
        {
            var seed = (ulong)((1_000 * rowCount) + (10 * columns) + trees);
            var random = new SeededRandom(seed);
            var forest = Forest(ref random, columns, trees);
            // A row may have inputs that no split tests.
            var width = columns + 2;
            float[] rows = [.. Enumerable.Range(
                0, rowCount * width).Select(_ => random.NextBool(0.15) ? Odd[random.NextInt(Odd.Length)] : (float)random.NextNormal())];
            var sums = new double[rowCount];
            Array.Fill(sums, double.NaN);
            TreeKernel.SumLeaves(new PackedForest(forest.Nodes, forest.Roots), rows, width, sums);
            for (var row = 0; row < rowCount; row++)
            {
                var walked = Walk(forest, rows.AsSpan(row * width, width));
                Assert.True(
                    walked == sums[row],
                    $"seed {seed}, row {row} of {rowCount}, {columns} columns, {trees} trees: {sums[row]}, walked {walked}");
            }
        }
    }

    [Fact]
    public void SumLeaves_OfManyInputs_TakesOneBlockAtATime()
    {
        // 600 inputs have 9,608 keys a block: more than the scratch of one.
        const ulong Seed = 3;
        var random = new SeededRandom(Seed);
        var forest = Forest(ref random, columns: 600, trees: 10);
        float[] rows = [.. Enumerable.Range(0, 19 * 600).Select(_ => (float)random.NextNormal())];
        var sums = new double[19];
        TreeKernel.SumLeaves(new PackedForest(forest.Nodes, forest.Roots), rows, 600, sums);
        for (var row = 0; row < 19; row++)
        {
            Assert.True(Walk(forest, rows.AsSpan(row * 600, 600)) == sums[row], $"seed {Seed}, row {row}");
        }
    }

    private static IsolationForest Forest(ref SeededRandom random, int columns, int trees)
    {
        var rows = new float[200 * columns];
        foreach (ref var value in rows.AsSpan())
        {
            value = random.NextBool(0.1) ? float.NaN : (float)random.NextNormal();
        }

        return IsolationForestTrainer.Train(
            rows, columns, new IsolationForestOptions { Trees = trees, SubsampleSizes = [3, 64, 200], Seed = random.NextBits() });
    }

    private static double Walk(IsolationForest forest, ReadOnlySpan<float> row)
    {
        var sum = 0.0;
        foreach (var root in forest.Roots)
        {
            var node = forest.Nodes[root];
            while (node.Feature >= 0)
            {
                node = forest.Nodes[node.Next(row[node.Feature])];
            }

            sum += node.PathLength;
        }

        return sum;
    }
}
