using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.Tests.MachineLearning.Forests.Training;

public sealed class SplitTests
{
    [Fact]
    public void DrawThreshold_BetweenNeighbours_IsTheHigherOne()
    {
        var random = new SeededRandom(1);
        for (var low = 0.1f; low < 1e6f; low *= 7)
        {
            for (var i = 0; i < 20; i++)
            {
                Assert.Equal(MathF.BitIncrement(low), Split.DrawThreshold(low, MathF.BitIncrement(low), ref random));
            }
        }
    }

    [Theory]
    [InlineData(-3f, 5f)]
    [InlineData(0f, 1e-3f)]
    [InlineData(1e30f, 3e38f)]
    public void DrawThreshold_IsUniformAboveTheLowestAndNotAboveTheHighest(float low, float high)
    {
        const int Count = 20_000;
        const ulong Seed = 2;
        var random = new SeededRandom(Seed);
        var shares = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            var threshold = Split.DrawThreshold(low, high, ref random);
            Assert.True(threshold > low && threshold <= high, $"seed {Seed}: {threshold} of {low} to {high}");
            shares[i] = ((double)threshold - low) / ((double)high - low);
        }

        // Mean 1/2 and variance 1/12, within five standard errors.
        Assert.Equal(0.5, shares.Average(), 5 * Math.Sqrt(1 / 12.0 / Count));
        Assert.Equal(1 / 12.0, shares.Average(share => (share - 0.5) * (share - 0.5)), 0.003);
    }

    [Fact]
    public void TryDraw_OnAxes_PartsTheRowsBetweenTheColumnsExtremes()
    {
        const ulong Seed = 3;
        var random = new SeededRandom(Seed);
        // Column 0 never varies, column 1 has 0, 10, ..., 90.
        var block = new SubsampleBlock([.. Enumerable.Range(0, 10).SelectMany(row => new float[] { 4, 10 * row })], 2, 10);
        block.Draw(10, ref random);
        var splits = new AxisSplits(block, new VaryingColumns(block, 2));
        splits.Reset(ref random);
        for (var i = 0; i < 200; i++)
        {
            Assert.True(splits.TryDraw([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], ref random, out var split));
            Assert.Equal(1, split.Feature);
            var threshold = split.Threshold;
            var lefts = split.Values.ToArray().Count(value => value < threshold);
            Assert.True(lefts is >= 1 and <= 9, $"seed {Seed}: {lefts} of 10 rows below {threshold}");
        }
    }

    [Fact]
    public void TryDraw_OfRowsThatDoNotDiffer_IsFalse()
    {
        var random = new SeededRandom(4);
        var block = new SubsampleBlock([1, 2, 1, 2, 1, 2], 2, 3);
        block.Draw(3, ref random);
        var splits = new AxisSplits(block, new VaryingColumns(block, 2));
        splits.Reset(ref random);
        Assert.False(splits.TryDraw([0, 1, 2], ref random, out _));
    }
}
