using Aegis.Core.Facts;
using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Facts;

public sealed class CardSketchTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(300)]
    [InlineData(100_000)]
    public void Estimate_OfDistinctCards_LiesWithinFourStandardErrors(int count)
    {
        var (sketch, half) = (default(CardSketch), default(CardSketch));
        for (var card = 1; card <= count; card++)
        {
            ref var part = ref card % 2 == 0 ? ref half : ref sketch;
            part.Add((ulong)card);
            part.Add((ulong)card);
        }

        sketch.Add(half);
        // HyperLogLog with 64 registers: a standard error of 1.04 / 8.
        Assert.InRange(sketch.Estimate, (count * 0.48) - 0.1, (count * 1.52) + 0.1);
    }

    [Fact]
    public void Estimate_OfNoneOneAndTheSameCard_CountsRegistersThatAreStillEmpty()
    {
        var sketch = default(CardSketch);
        Assert.Equal(0, sketch.Estimate);
        sketch.Add(5);
        var one = 64 * Math.Log(64 / 63.0);
        Assert.Equal(one, sketch.Estimate, 1e-12);
        sketch.Add(5);
        Assert.Equal(one, sketch.Estimate, 1e-12);
        // Another card in another register.
        sketch.Add(CardIn(register: Register(5) ^ 1));
        Assert.Equal(64 * Math.Log(64 / 62.0), sketch.Estimate, 1e-12);
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(20_000)]
    public void Estimate_OverManySketches_IsRightOnAverage(int count)
    {
        const int Sketches = 100;
        const ulong Seed = 5;
        var random = new SeededRandom(Seed);
        var sum = 0.0;
        for (var i = 0; i < Sketches; i++)
        {
            var sketch = default(CardSketch);
            for (var card = 0; card < count; card++)
            {
                sketch.Add(random.NextBits());
            }

            sum += sketch.Estimate;
        }

        // A standard error of 13 % a sketch, 1.3 % of a hundred; four of them, and half a percent for the bias of the paper.
        Assert.True(Math.Abs((sum / Sketches / count) - 1) < 0.057, $"seed {Seed}: {sum / Sketches}");
    }

    [Theory]
    [InlineData(1, 0.709 * 64 * 2)]
    [InlineData(2, 0.709 * 64 * 4)]
    [InlineData(3, 0.709 * 64 * 8)]
    public void Estimate_OfFullRegisters_IsTheirHarmonicMean(int rank, double expected)
    {
        var sketch = default(CardSketch);
        for (var register = 0; register < 64; register++)
        {
            sketch.Add(CardIn(register, rank));
        }

        Assert.Equal(expected, sketch.Estimate, 1e-9);
    }

    /// <summary>One register empty, the others of one rank: 89 and 173 by their mean.</summary>
    [Theory]
    [InlineData(1, 266.1685)]
    [InlineData(2, 0.709 * 64 * 64 / 16.75)]
    public void Estimate_OfOneEmptyRegister_CountsItUpTo160Cards(int rank, double expected)
    {
        var sketch = default(CardSketch);
        for (var register = 1; register < 64; register++)
        {
            sketch.Add(CardIn(register, rank));
        }

        Assert.Equal(expected, sketch.Estimate, 1e-4);
    }

    [Fact]
    public void Add_OfASketchOfParts_IsThatOfTheWhole()
    {
        for (var seed = 1UL; seed <= 50; seed++)
        {
            var random = new SeededRandom(seed);
            var (one, other, whole) = (default(CardSketch), default(CardSketch), default(CardSketch));
            for (var i = random.NextInt(400); i > 0; i--)
            {
                var card = random.NextBits();
                (random.NextBool(0.3) ? ref one : ref other).Add(card);
                whole.Add(card);
            }

            one.Add(other);
            Assert.True(whole.Estimate == one.Estimate, $"seed {seed}: {one.Estimate}, not {whole.Estimate}");
        }
    }

    private static int Register(ulong card) => (int)(StableHash.Mix(card) % 64);

    /// <summary>The first card in a register whose rank, the place of the lowest one of the other bits, is as asked.</summary>
    private static ulong CardIn(int register, int rank = 1)
    {
        for (var card = 1_000UL; ; card++)
        {
            var others = StableHash.Mix(card) / 64;
            if (Register(card) == register && others % (1UL << rank) == 1UL << (rank - 1))
            {
                return card;
            }
        }
    }
}
