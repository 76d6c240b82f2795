using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Numerics;

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

    [Theory]
    [InlineData(700, 701)]
    [InlineData(-700, -701)]
    [InlineData(700, double.PositiveInfinity)]
    [InlineData(-700, double.NegativeInfinity)]
    public void Exp_IsCutAt700(double limit, double beyond)
    {
        Assert.Equal(PortableMath.Exp(limit), PortableMath.Exp(beyond));
        Assert.Equal(1, PortableMath.Exp(limit) / Math.Exp(limit), 1e-13);
        Assert.NotEqual(PortableMath.Exp(limit), PortableMath.Exp(limit * 0.999));
    }

    /// <summary>Powers of two and of their square roots, where the mantissa turns over; small and large numbers.</summary>
    [Fact]
    public void Log_AtTheEndsOfTheMantissa_AgreesWithThePlatform()
    {
        for (var exponent = -1_000; exponent <= 1_000; exponent += 50)
        {
            foreach (var mantissa in new[] { 1, 1.0000000000000002, 1.4142135623730949, 1.4142135623730951, 1.4142135623730954, 1.9999999 })
            {
                var x = Math.ScaleB(mantissa, exponent);
                Assert.Equal(Math.Log(x), PortableMath.Log(x), 4e-16 * (1 + Math.Abs(Math.Log(x))));
            }
        }
    }

    [Fact]
    public void ExpAndLog_OfRandomNumbers_AreRightToTheLastPlaces()
    {
        const ulong Seed = 12;
        var random = new SeededRandom(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var x = random.NextDouble(-30, 30);
            var (exp, log) = (Math.Exp(x), Math.Log(Math.Exp(x)));
            Assert.True(Math.Abs((PortableMath.Exp(x) / exp) - 1) < 1e-15, $"seed {Seed}: exp {x}");
            Assert.True(Math.Abs(PortableMath.Log(exp) - log) < 4e-16 * (1 + Math.Abs(log)), $"seed {Seed}: ln {exp}");
        }
    }
}
