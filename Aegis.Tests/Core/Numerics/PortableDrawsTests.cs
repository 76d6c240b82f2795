using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Numerics;

public sealed class PortableDrawsTests
{
    [Fact]
    public void Draws_HaveTheirMeansAndSpreads()
    {
        const int Count = 100_000;
        var random = new SeededRandom(7);
        var normals = Enumerable.Range(0, Count).Select(_ => random.NextNormal()).ToList();
        Assert.Equal(0, normals.Average(), 0.015);
        Assert.Equal(1, normals.Average(z => z * z), 0.03);
        Assert.Equal(0.025, normals.Count(z => z > 1.959964) / (double)Count, 0.003);
        Assert.Equal(3, Enumerable.Range(0, Count).Average(_ => random.NextWait(3)), 0.06);
        foreach (var mean in new[] { 0.3, 5, 200 })
        {
            var counts = Enumerable.Range(0, Count / 10).Select(_ => (double)random.NextCount(mean)).ToList();
            Assert.Equal(1, counts.Average() / mean, 0.05);
            Assert.Equal(1, counts.Average(count => (count - mean) * (count - mean)) / mean, 0.08);
        }

        Assert.Equal([2, 3, 4], Enumerable.Range(0, 100).Select(_ => random.NextBetween(2, 4)).Distinct().Order());
    }

    /// <summary>Draws as made once: simulated data of one seed are the same on another machine and in another release.</summary>
    [Fact]
    public void Draws_OfASeed_AreTheSameEverywhere()
    {
        var random = new SeededRandom(42);
        Assert.Equal(
            (0.49295065581737485, 10.585247919208985, 0.38772189037118987),
            (random.NextNormal(), random.NextLogNormal(3, 0.5), random.NextWait(10)));
        Assert.Equal((5, 106, -3), (random.NextCount(4), random.NextCount(100), random.NextBetween(-5, 5)));
    }

    [Fact]
    public void NextLogNormal_IsOfTheMeanAndSpreadOfItsLogarithm()
    {
        var (one, other) = (new SeededRandom(3), new SeededRandom(3));
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(3 + (0.5 * one.NextNormal()), Math.Log(other.NextLogNormal(3, 0.5)), 1e-12);
        }

        Assert.Equal(Math.Exp(2), other.NextLogNormal(2, 0), 1e-12);
    }

    [Fact]
    public void NextWait_OfUniformDraws_InvertsTheExponentialDistribution()
    {
        var (one, other) = (new SeededRandom(4), new SeededRandom(4));
        for (var i = 0; i < 100; i++)
        {
            // 1 - e^(-x / mean) is uniform.
            Assert.Equal(one.NextDouble(), 1 - Math.Exp(-other.NextWait(7) / 7), 1e-12);
        }
    }

    [Fact]
    public void NextCount_OfMeanZero_IsZero()
    {
        var random = new SeededRandom(5);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(0, random.NextCount(0)));
    }

    /// <summary>Beyond a mean of 16 a count is a sum of counts: its probabilities stay those of Poisson, here of 0 to 40.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    public void NextCount_HasTheProbabilitiesOfPoisson(double mean)
    {
        const int Draws = 40_000;
        const ulong Seed = 6;
        var random = new SeededRandom(Seed);
        var counts = new int[200];
        for (var i = 0; i < Draws; i++)
        {
            counts[random.NextCount(mean)]++;
        }

        var probability = Math.Exp(-mean);
        for (var k = 0; k <= 40; k++)
        {
            var (expected, deviation) = (Draws * probability, Math.Sqrt(Draws * probability));
            Assert.True(Math.Abs(counts[k] - expected) < (4.5 * deviation) + 2, $"seed {Seed}, {k}: {counts[k]}, not {expected}");
            probability *= mean / (k + 1);
        }
    }

    [Fact]
    public void NextBetween_OfOneNumber_IsThatNumber()
    {
        var random = new SeededRandom(1);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(3, random.NextBetween(3, 3)));
    }
}
