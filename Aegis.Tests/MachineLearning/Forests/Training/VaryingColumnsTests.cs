using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning.Forests.Training;

public sealed class VaryingColumnsTests
{
    private static readonly int[] Both = [0, 1];

    [Fact]
    public void TryDraw_PassesOverConstantColumns_AndEndsWhenNoneIsLeft()
    {
        var random = new SeededRandom(1);
        // Columns 1 and 3 vary between the two rows, 0, 2 and 4 do not.
        var columns = Of([5, 1, 7, 9, 0, 5, 2, 7, 8, 0], 5, 5, ref random);
        for (var i = 0; i < 50; i++)
        {
            var tried = 0;
            Assert.True(columns.TryDraw(Both, ref tried, ref random, out var one));
            Assert.True(columns.TryDraw(Both, ref tried, ref random, out var other));
            Assert.Equal([new ColumnRange(1, 1, 2), new ColumnRange(3, 8, 9)], new[] { one, other }.OrderBy(range => range.Column));
            Assert.False(columns.TryDraw(Both, ref tried, ref random, out var none));
            Assert.Equal((5, default(ColumnRange)), (tried, none));
        }
    }

    [Fact]
    public void TryDraw_LooksAtTheNodesRowsAlone()
    {
        var random = new SeededRandom(2);
        var block = new SubsampleBlock([1, 2, 3], 1, 3);
        block.Draw(3, ref random);
        var columns = new VaryingColumns(block, 1);
        columns.Reset(ref random);
        var values = block.Column(0).ToArray();
        int[] rows = [0, 2];
        var tried = 0;
        Assert.True(columns.TryDraw(rows, ref tried, ref random, out var range));
        Assert.Equal(new ColumnRange(0, Math.Min(values[0], values[2]), Math.Max(values[0], values[2])), range);
        tried = 0;
        Assert.False(columns.TryDraw([1], ref tried, ref random, out _));
    }

    [Fact]
    public void TryDraw_OfValuesThatAreNoNumbers_LeavesThemOut()
    {
        var random = new SeededRandom(3);
        int[] rows = [0, 1, 2];
        var tried = 0;
        Assert.True(Of([float.NaN, 4, 6], 1, 1, ref random).TryDraw(rows, ref tried, ref random, out var range));
        Assert.Equal(new ColumnRange(0, 4, 6), range);
        tried = 0;
        Assert.False(Of([float.NaN, 4, float.NaN], 1, 1, ref random).TryDraw(rows, ref tried, ref random, out _));
        tried = 0;
        Assert.False(Of([float.NaN, float.NaN, float.NaN], 1, 1, ref random).TryDraw(rows, ref tried, ref random, out _));
    }

    [Fact]
    public void TryDraw_OfInfinities_TakesThemForTheOutermostNumbers()
    {
        var random = new SeededRandom(4);
        var tried = 0;
        Assert.True(
            Of([float.NegativeInfinity, float.PositiveInfinity], 1, 1, ref random).TryDraw(Both, ref tried, ref random, out var range));
        Assert.Equal(new ColumnRange(0, float.MinValue, float.MaxValue), range);
        tried = 0;
        Assert.False(Of([float.PositiveInfinity, float.MaxValue], 1, 1, ref random).TryDraw(Both, ref tried, ref random, out _));
    }

    [Fact]
    public void Reset_DrawsSoManyColumnsForATree_EachWithTheSameChance()
    {
        const int Columns = 5, PerTree = 2, Trees = 20_000;
        const ulong Seed = 5;
        var random = new SeededRandom(Seed);
        var columns = Of([0, 0, 0, 0, 0, 1, 1, 1, 1, 1], Columns, PerTree, ref random);
        var (any, first) = (new int[Columns], new int[Columns]);
        for (var tree = 0; tree < Trees; tree++)
        {
            columns.Reset(ref random);
            var tried = 0;
            var seen = new HashSet<int>();
            while (columns.TryDraw(Both, ref tried, ref random, out var range))
            {
                first[range.Column] += seen.Count == 0 ? 1 : 0;
                Assert.True(seen.Add(range.Column), $"seed {Seed}: column {range.Column} twice");
                any[range.Column]++;
            }

            Assert.Equal(PerTree, seen.Count);
        }

        Assert.All(any, count => Assert.Equal(PerTree / (double)Columns, count / (double)Trees, 0.02));
        Assert.All(first, count => Assert.Equal(1 / (double)Columns, count / (double)Trees, 0.02));
    }

    private static VaryingColumns Of(float[] rows, int columns, int perTree, ref SeededRandom random)
    {
        var block = new SubsampleBlock(rows, columns, rows.Length / columns);
        block.Draw(rows.Length / columns, ref random);
        var varying = new VaryingColumns(block, perTree);
        varying.Reset(ref random);
        return varying;
    }
}
