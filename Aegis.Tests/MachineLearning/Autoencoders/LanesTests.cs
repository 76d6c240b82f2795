using System.Runtime.Intrinsics;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed class LanesTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 8)]
    [InlineData(7, 8)]
    [InlineData(8, 8)]
    [InlineData(9, 16)]
    [InlineData(4_096, 4_096)]
    public void Pad_IsTheNextMultipleOfEight(int length, int padded) => Assert.Equal(padded, Lanes.Pad(length));

    [Fact]
    public void Sum_AddsInTheOrderItTells()
    {
        // Where order decides the bits: huge numbers that cancel each other swallow what is added before they do.
        Assert.Equal(((1e8f + 1) + (-1e8f + 3)) + ((5f + 6) + (7f + 8)), Lanes.Sum(Vector256.Create(1e8f, 5, -1e8f, 7, 1, 6, 3, 8)));
        for (var seed = 1UL; seed <= 500; seed++)
        {
            var random = new SeededRandom(seed);
            var x = new float[8];
            foreach (ref var value in x.AsSpan())
            {
                value = (float)(random.NextNormal() * Math.Pow(10, random.NextInt(8)));
            }

            Assert.True(
                ((x[0] + x[4]) + (x[2] + x[6])) + ((x[1] + x[5]) + (x[3] + x[7])) == Lanes.Sum(Vector256.Create(x)), $"seed {seed}");
        }
    }

    [Fact]
    public void Tanh_IsOddRisesAndNeverPassesOne()
    {
        var last = -1f;
        for (var x = -20f; x <= 20; x += 0.01f)
        {
            var y = Lanes.Tanh(Vector256.Create(x))[3];
            Assert.Equal(-y, Lanes.Tanh(Vector256.Create(-x))[0]);
            Assert.InRange(y, -1, 1);
            // The approximation waves by a few units in the last place.
            Assert.True(y >= last - 5e-7f, $"tanh {x} is {y} after {last}");
            last = y;
        }

        Assert.Equal(0, Lanes.Tanh(default)[7]);
        // Cut at 7.9, where tanh lacks 3e-7 of 1.
        Assert.Equal(1, Lanes.Tanh(Vector256.Create(float.PositiveInfinity))[0], 4e-7f);
        Assert.Equal(-1, Lanes.Tanh(Vector256.Create(float.NegativeInfinity))[0], 4e-7f);
    }

    [Fact]
    public void Sigmoid_IsHalfAtZeroAndComplementsItself()
    {
        Assert.Equal(0.5f, Lanes.Sigmoid(default)[0]);
        for (var x = 0f; x < 12; x += 0.1f)
        {
            Assert.Equal(1, Lanes.Sigmoid(Vector256.Create(x))[1] + Lanes.Sigmoid(Vector256.Create(-x))[1], 1e-6f);
            Assert.Equal((float)(1 / (1 + Math.Exp(-x))), Lanes.Sigmoid(Vector256.Create(x))[2], 1e-6f);
        }
    }
}
