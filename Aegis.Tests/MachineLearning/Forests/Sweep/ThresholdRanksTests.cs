using Aegis.Core.Numerics;
using Aegis.MachineLearning.Forests.Sweep;

namespace Aegis.Tests.MachineLearning.Forests.Sweep;

public sealed class ThresholdRanksTests
{
    private static readonly float[] Odd =
        [float.NegativeInfinity, float.MinValue, -1e30f, -1, -float.Epsilon, -0f, 0, float.Epsilon, 1,
        1e30f, float.MaxValue, float.PositiveInfinity];

    public static TheoryData<string> Shapes => ["normal", "lattice", "powers", "oneValue", "odd", "cluster", "wide"];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Set_CountsTheThresholdsThatAValueReaches(string shape)
    {
        for (var seed = 1UL; seed <= 40; seed++)
        {
            var random = new SeededRandom(seed);
            var columns = 1 + random.NextInt(18);
            var thresholds = new float[columns][];
            for (var column = 0; column < columns; column++)
            {
                thresholds[column] = random.NextBool(0.1) ? [] : Draw(shape, ref random);
            }

            var width = columns + random.NextInt(3);
            var count = 1 + random.NextInt(ThresholdRanks.BlockRows);
            var rows = new float[count * width];
            for (var i = 0; i < rows.Length; i++)
            {
                rows[i] = Value(thresholds[Math.Min(i % width, columns - 1)], ref random);
            }

            var ranks = new ushort[columns * ThresholdRanks.BlockRows];
            Assert.Equal(0UL, new ThresholdRanks(thresholds).Set(rows, width, count, ranks));
            for (var i = 0; i < rows.Length; i++)
            {
                if (i % width < columns)
                {
                    var expected = thresholds[i % width].Count(threshold => rows[i] >= threshold);
                    var rank = ranks[(i % width * ThresholdRanks.BlockRows) + (i / width)];
                    Assert.True(expected == rank, $"seed {seed}, {shape}: {rows[i]} has rank {rank}, it reaches {expected}");
                }
            }
        }
    }

    [Fact]
    public void Set_OfRowsWithWhatIsNoNumber_MarksThemAlone()
    {
        var rows = new float[64 * 10];
        rows[(3 * 10) + 0] = float.NaN;
        rows[(17 * 10) + 9] = float.NaN;
        rows[(63 * 10) + 5] = float.NaN;
        float[][] thresholds = [.. Enumerable.Range(0, 10).Select(column => new[] { column - 5f, column })];
        var ranks = new ushort[10 * 64];
        Assert.Equal((1UL << 3) | (1UL << 17) | (1UL << 63), new ThresholdRanks(thresholds).Set(rows, 10, 64, ranks));
        Assert.All(ranks, rank => Assert.InRange(rank, 0, 2));
    }

    [Fact]
    public void Set_LeavesWhatBelongsToNoRow()
    {
        var ranks = Enumerable.Repeat((ushort)77, 2 * 64).ToArray();
        new ThresholdRanks([[1], [2]]).Set([5, 0, 0, 5], 2, 2, ranks);
        Assert.Equal([1, 0, 77], ranks[..3]);
        Assert.Equal([0, 1, 77], ranks[64..67]);
    }

    [Fact]
    public void Set_OfTheMostThresholds_NumbersThemAll()
    {
        float[] most = [.. Enumerable.Range(0, ushort.MaxValue).Select(i => (float)i)];
        var ranks = new ushort[64];
        new ThresholdRanks([most]).Set([-1, 0, 0.5f, 1, 40_000, 65_533.5f, 65_534, 1e9f], 1, 8, ranks);
        Assert.Equal([0, 1, 1, 2, 40_001, 65_534, 65_535, 65_535], ranks[..8]);
    }

    private static float[] Draw(string shape, ref SeededRandom random)
    {
        var count = 1 + random.NextInt(shape == "oneValue" ? 1 : 300);
        var all = new SortedSet<float>();
        for (var i = 0; i < count; i++)
        {
            all.Add(0f + shape switch
            {
                "lattice" => random.NextInt(50) - 25,
                "powers" => (float)Math.Pow(2, random.NextInt(200) - 100),
                "odd" => Odd[random.NextInt(Odd.Length)],
                // All but a few are neighbours.
                "cluster" => random.NextBool(0.1) ? (float)random.NextNormal() : 1 + (i * 1.2e-7f),
                "wide" => (float)(random.NextNormal() * Math.Pow(10, random.NextInt(70) - 35)),
                _ => (float)random.NextNormal(),
            });
        }

        return [.. all];
    }

    private static float Value(float[] thresholds, ref SeededRandom random)
    {
        var near = thresholds.Length == 0 ? 0 : thresholds[random.NextInt(thresholds.Length)];
        return random.NextInt(5) switch
        {
            0 => near,
            1 => MathF.BitIncrement(near),
            2 => MathF.BitDecrement(near),
            3 => Odd[random.NextInt(Odd.Length)],
            _ => (float)(random.NextNormal() * Math.Pow(10, random.NextInt(6))),
        };
    }
}
