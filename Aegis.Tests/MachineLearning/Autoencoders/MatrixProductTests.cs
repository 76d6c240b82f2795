using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed class MatrixProductTests
{
    [Fact]
    public void Multiply_OfTransposedMatrices_SumsTheirColumns()
    {
        for (var seed = 1UL; seed <= 60; seed++)
        {
            var random = new SeededRandom(seed);
            var (rows, columns, width) = (1 + random.NextInt(11), 1 + random.NextInt(11), 8 * (1 + random.NextInt(5)));
            var stride = columns + random.NextInt(4);
            var x = Draw(rows * stride, ref random);
            // Transposed: as many results as columns, each a sum over the rows.
            var w = Draw(rows * width, ref random);
            var y = new float[columns * width];
            MatrixProduct.Multiply(StridedMatrix.Of(x, rows, columns, stride).Transposed, w, width, [], y);
            for (var i = 0; i < y.Length; i++)
            {
                var sum = 0f;
                for (var row = 0; row < rows; row++)
                {
                    sum += x[(row * stride) + (i / width)] * w[(row * width) + (i % width)];
                }

                Assert.True(sum == y[i], $"seed {seed}, {rows} × {columns} at {width}: {y[i]} at {i}, not {sum}");
            }
        }
    }

    [Fact]
    public void Multiply_OfNoRows_WritesNothing()
    {
        float[] y = [.. Enumerable.Repeat(3f, 8)];
        MatrixProduct.Multiply(StridedMatrix.Of([], 0, 2, 2), new float[16], 8, [], y);
        Assert.All(y, value => Assert.Equal(3, value));
    }

    [Theory]
    [InlineData(7, 16, 0, 8)]
    [InlineData(8, 15, 0, 8)]
    [InlineData(8, 16, 0, 7)]
    [InlineData(8, 16, 7, 8)]
    public void Multiply_OfWhatDoesNotFit_SaysWhat(int width, int w, int s, int y)
    {
        var refusal = Assert.Throws<ArgumentException>(
            () => MatrixProduct.Multiply(StridedMatrix.Of(new float[2], 1, 2, 2), new float[w], width, new float[s], new float[y]));
        Assert.StartsWith(
            $"x is 1 × 2, w {w}, s {s} and y {y} values at width {width}; allowed: what fits", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Multiply_OfJustWhatFits_IsDone()
    {
        var y = new float[8];
        MatrixProduct.Multiply(
            StridedMatrix.Of([2, 3], 1, 2, 2), [.. Enumerable.Repeat(1f, 8), .. Enumerable.Repeat(10f, 8)], 8, [.. Enumerable.Range(0, 8)],
            y);
        Assert.Equal([32, 33, 34, 35, 36, 37, 38, 39], y);
    }

    private static float[] Draw(int count, ref SeededRandom random)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan())
        {
            value = (float)random.NextNormal();
        }

        return values;
    }
}
