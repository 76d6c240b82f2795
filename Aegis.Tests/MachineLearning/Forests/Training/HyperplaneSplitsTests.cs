using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests.Kernels;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning.Forests.Training;

public sealed class HyperplaneSplitsTests
{
    private const int Count = 20;
    private static readonly int[] All = [.. Enumerable.Range(0, Count)];

    [Fact]
    public void TryDraw_ComparesRowsByTheWeightedSumOfItsColumns()
    {
        for (var seed = 1UL; seed <= 100; seed++)
        {
            var random = new SeededRandom(seed);
            var (block, splits) = Of(4, 3, ref random, (row, column) => (float)((row * (column + 1)) + (7 * column)));
            Assert.True(splits.TryDraw(All, ref random, out var split));
            Assert.Equal(0, split.Feature);
            var terms = splits.Terms.ToArray();
            Assert.Equal(3, terms.Select(term => term.Column).Distinct().Count());
            var (lefts, threshold) = (0, split.Threshold);
            foreach (var row in All)
            {
                var sum = 0.0;
                foreach (var term in terms)
                {
                    sum += term.Coefficient * (double)block.Column(term.Column)[row];
                }

                Assert.Equal((float)sum, split.Values[row]);
                lefts += split.Values[row] < threshold ? 1 : 0;
            }

            Assert.True(lefts is >= 1 and < Count, $"seed {seed}: {lefts} rows left of {threshold}");
        }
    }

    [Fact]
    public void TryDraw_WeighsAColumnByItsRange_SoThatUnitsDoNotCount()
    {
        const int Draws = 5_000;
        const ulong Seed = 2;
        var random = new SeededRandom(Seed);
        // Ranges of 19, 1,900 and 190,000.
        var (_, splits) = Of(3, 3, ref random, (row, column) => (float)(row * Math.Pow(100, column)));
        var squares = new double[3];
        for (var draw = 0; draw < Draws; draw++)
        {
            splits.Reset(ref random);
            Assert.True(splits.TryDraw(All, ref random, out _));
            foreach (var term in splits.Terms)
            {
                var z = term.Coefficient * 19 * Math.Pow(100, term.Column);
                squares[term.Column] += z * z / Draws;
            }
        }

        // The variance of standard normal draws; its standard error is √(2 / n).
        Assert.All(squares, square => Assert.Equal(1, square, 5 * Math.Sqrt(2.0 / Draws)));
    }

    [Fact]
    public void TryDraw_WhereFewerColumnsVary_LeavesTheRestUnused()
    {
        var random = new SeededRandom(3);
        var (_, splits) = Of(3, 3, ref random, (row, column) => column == 1 ? row : 4);
        Assert.True(splits.TryDraw(All, ref random, out _));
        Assert.Equal([1, -1, -1], splits.Terms.ToArray().Select(term => term.Column));
        Assert.Equal([PlaneTerm.Unused, PlaneTerm.Unused], splits.Terms[1..].ToArray());
    }

    [Fact]
    public void TryDraw_OfRowsThatDoNotDiffer_IsFalseAndLeavesNoPlane()
    {
        var random = new SeededRandom(4);
        var (_, splits) = Of(2, 2, ref random, (row, _) => row < 10 ? 0 : 1);
        Assert.True(splits.TryDraw(All, ref random, out var first));
        Assert.Equal((0, 2), (first.Feature, splits.Terms.Length));
        var projections = first.Values.ToArray();
        var low = All.Where(row => projections[row] == projections[0]).ToArray();
        Assert.Equal(10, low.Length);
        Assert.False(splits.TryDraw(low, ref random, out _));
        Assert.Equal(2, splits.Terms.Length);
        Assert.True(splits.TryDraw(All, ref random, out var second));
        Assert.Equal((1, 4), (second.Feature, splits.Terms.Length));
        splits.Reset(ref random);
        Assert.True(splits.Terms.IsEmpty);
    }

    private static (SubsampleBlock Block, HyperplaneSplits Splits) Of(
        int columns, int perSplit, ref SeededRandom random, Func<int, int, float> value)
    {
        float[] rows = [.. All.SelectMany(row => Enumerable.Range(0, columns).Select(column => value(row, column)))];
        var block = new SubsampleBlock(rows, columns, Count);
        block.Draw(Count, ref random);
        var splits = new HyperplaneSplits(block, new VaryingColumns(block, columns), perSplit, Count);
        splits.Reset(ref random);
        return (block, splits);
    }
}
