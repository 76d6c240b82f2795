using Aegis.Core.Numerics;

namespace Aegis.Tests.Core.Numerics;

public sealed class SurprisalTests
{
    /// <summary>-ln(kinds (seen + 1/2) / (total + kinds / 2)), worked out by hand.</summary>
    [Theory]
    [InlineData(0, 0, 4, 0)]
    [InlineData(25, 100, 4, 0)]
    [InlineData(100, 100, 4, -1.3714793)]
    [InlineData(0, 6, 4, 1.3862944)]
    [InlineData(0, 6, 2, 1.9459101)]
    public void Of_AShare_IsItsLogAgainstAnEvenOne(double seen, double total, int kinds, double expected) =>
        Assert.Equal(expected, Surprisal.Of(seen, total, kinds), 1e-5);
}
