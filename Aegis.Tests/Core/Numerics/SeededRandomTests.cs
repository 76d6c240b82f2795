using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Numerics;

public sealed class SeededRandomTests
{
    /// <summary>The first numbers of SplitMix64 from seed 1234567, as its authors' C code prints them.</summary>
    [Fact]
    public void NextBits_AreThoseOfSplitMix64()
    {
        var random = new SeededRandom(1234567);
        Assert.Equal(
            [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821],
            Enumerable.Range(0, 5).Select(_ => random.NextBits()));
    }

    [Fact]
    public void NextDouble_IsUniformBelowOne()
    {
        const ulong Seed = 1;
        const int Count = 100_000;
        var random = new SeededRandom(Seed);
        var draws = new double[Count];
        foreach (ref var draw in draws.AsSpan())
        {
            draw = random.NextDouble();
        }

        Assert.True(draws.All(draw => draw is >= 0 and < 1), $"seed {Seed}");
        Assert.Equal(0.5, draws.Average(), 0.005);
        Assert.Equal(1 / 12.0, draws.Average(draw => (draw - 0.5) * (draw - 0.5)), 0.002);
        Assert.True(draws.Min() < 1e-4 && draws.Max() > 1 - 1e-4);
    }

    [Fact]
    public void NextDouble_BetweenLimits_StaysThere()
    {
        var random = new SeededRandom(2);
        var draws = Enumerable.Range(0, 10_000).Select(_ => random.NextDouble(-3, 5)).ToList();
        Assert.InRange(draws.Min(), -3, -2.99);
        Assert.InRange(draws.Max(), 4.99, 5);
        Assert.Equal(1, draws.Average(), 0.1);
    }

    [Fact]
    public void NextInt_GivesEachNumberBelowTheCountAlikeOften()
    {
        var random = new SeededRandom(3);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
        {
            counts[random.NextInt(7)]++;
        }

        // Five standard deviations of a binomial count.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 470, 10_000 + 470));
        Assert.Equal(0, random.NextInt(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    [InlineData(1)]
    public void NextBool_IsTrueSoOften(double probability)
    {
        var random = new SeededRandom(4);
        Assert.Equal(
            probability, Enumerable.Range(0, 20_000).Count(_ => random.NextBool(probability)) / 20_000.0,
            probability is 0 or 1 ? 0 : 0.015);
    }

    [Fact]
    public void NextNormal_IsStandardNormal()
    {
        const int Count = 100_000;
        var random = new SeededRandom(5);
        var draws = Enumerable.Range(0, Count).Select(_ => random.NextNormal()).ToList();
        Assert.Equal(0, draws.Average(), 0.016);
        Assert.Equal(1, draws.Average(draw => draw * draw), 0.03);
        Assert.Equal(3, draws.Average(draw => Math.Pow(draw, 4)), 0.2);
        Assert.Equal(0.15866, draws.Count(draw => draw > 1) / (double)Count, 0.006);
    }

    [Fact]
    public void For_AnotherSeedItemOrPart_IsAnotherGenerator()
    {
        var first = Enumerable.Range(0, 30).SelectMany(seed => Enumerable.Range(0, 30).SelectMany(item => Enumerable.Range(0, 5).Select(
            part => SeededRandom.For((ulong)seed, (ulong)item, (ulong)part).NextBits()))).ToList();
        Assert.Equal(first.Count, first.Distinct().Count());
        Assert.Equal(SeededRandom.For(1, 2).NextBits(), SeededRandom.For(1, 2, 0).NextBits());
    }
}
