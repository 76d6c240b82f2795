using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Numerics;

public sealed class RunningNormTests
{
    [Fact]
    public void Add_OfFewerThanTheMemory_IsMeanAndVariance()
    {
        for (var seed = 1UL; seed <= 50; seed++)
        {
            var random = new SeededRandom(seed);
            var norm = default(RunningNorm);
            var values = new double[1 + random.NextInt(90)];
            foreach (ref var value in values.AsSpan())
            {
                value = 5 + random.NextNormal();
                norm.Add(value, memory: 100);
            }

            var mean = values.Average();
            Assert.Equal(values.Length, norm.Weight);
            Assert.True(Math.Abs(mean - norm.Mean) < 1e-4, $"seed {seed}: {norm.Mean}, not {mean}");
            Assert.Equal(values.Average(value => (value - mean) * (value - mean)), norm.ShrunkVariance(0, 0), 1e-3);
            Assert.Equal(((values.Length * mean) + (3 * 9)) / (values.Length + 3), norm.ShrunkMean(9, 3), 1e-3);
            Assert.Equal(
                (values.Sum(value => (value - mean) * (value - mean)) + (4 * 2)) / (values.Length + 4), norm.ShrunkVariance(2, 4), 1e-3);
        }
    }

    [Fact]
    public void Add_BeyondTheMemory_ForgetsAsAGeometricAverage()
    {
        var norm = default(RunningNorm);
        for (var i = 0; i < 4; i++)
        {
            norm.Add(0, memory: 4);
        }

        norm.Add(8, memory: 4);
        Assert.Equal((4f, 2f), (norm.Weight, norm.Mean));
        norm.Add(10, memory: 4);
        Assert.Equal((4f, 4f), (norm.Weight, norm.Mean));
        // Squares: three quarters of nothing, then 8 · 6 = 48; three quarters of that and 8 · 6 again.
        Assert.Equal((36 + 48) / 4.0, norm.ShrunkVariance(0, 0), 1e-4);
    }

    [Fact]
    public void Add_OfAnother_IsAsIfItsValuesHadCome()
    {
        var (one, other, both) = (default(RunningNorm), default(RunningNorm), default(RunningNorm));
        foreach (var value in new[] { 1.0, 2, 6 })
        {
            one.Add(value, 100);
            both.Add(value, 100);
        }

        foreach (var value in new[] { 10.0, 14 })
        {
            other.Add(value, 100);
            both.Add(value, 100);
        }

        one.Add(other, 100);
        Assert.Equal(5, one.Weight);
        Assert.Equal(both.Mean, one.Mean, 1e-5f);
        Assert.Equal(both.ShrunkVariance(0, 0), one.ShrunkVariance(0, 0), 1e-4);
        var before = one;
        one.Add(default(RunningNorm), 1);
        Assert.Equal(before, one);
    }

    [Fact]
    public void Add_OfAnotherBeyondTheMemory_KeepsMeanAndVariance()
    {
        var (one, other) = (default(RunningNorm), default(RunningNorm));
        for (var i = 0; i < 10; i++)
        {
            one.Add(i, 100);
            other.Add(i, 100);
        }

        one.Add(other, memory: 5);
        Assert.Equal((5f, 4.5f), (one.Weight, one.Mean));
        Assert.Equal(8.25, one.ShrunkVariance(0, 0), 1e-4);
    }
}
