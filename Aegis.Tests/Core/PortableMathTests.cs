using Aegis.Core.Numerics;

namespace Aegis.Tests.Core;

public sealed class PortableMathTests
{
    [Fact]
    public void ExpAndLog_AgreeWithThePlatform()
    {
        for (var x = -600.0; x <= 600; x += 0.37)
        {
            Assert.Equal(1, PortableMath.Exp(x) / Math.Exp(x), 1e-13);
            Assert.Equal(x, PortableMath.Log(Math.Exp(x)), 1e-12 * Math.Max(1, Math.Abs(x)));
        }

        Assert.Equal((1.0, 0.0), (PortableMath.Exp(0), PortableMath.Log(1)));
    }

    /// <summary>Bits as computed once: another machine must find the same.</summary>
    [Fact]
    public void ExpAndLog_HaveTheSameBitsEverywhere() => Assert.Equal(
        (0x4005BF0A8B14576A, 0x3FE62E42FEFA39EF, 0x3f9f3b9ee1e6408c),
        (BitConverter.DoubleToInt64Bits(PortableMath.Exp(1)), BitConverter.DoubleToInt64Bits(PortableMath.Log(2)),
            BitConverter.DoubleToInt64Bits(PortableMath.Exp(-3.49))));

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
}
