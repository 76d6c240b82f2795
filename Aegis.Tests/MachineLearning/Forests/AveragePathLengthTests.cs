using Aegis.MachineLearning.Forests;

namespace Aegis.Tests.MachineLearning.Forests;

public sealed class AveragePathLengthTests
{
    /// <summary>
    /// A search tree of n - 1 keys has n ends, and the sum of their depths exceeds that of the keys by 2 (n - 1).
    /// The keys' sum follows from that of the two subtrees, which the first key parts at any place with the same chance.
    /// </summary>
    [Fact]
    public void Of_EveryNToBeyondTheTable_IsTheMeanDepthOfTheEndsOfRandomSearchTrees()
    {
        const int Most = 5_000;
        double depthsOfSmaller = 0, depths = 0;
        for (var n = 2; n <= Most; n++)
        {
            var keys = n - 1;
            depths = keys - 1 + (2 * depthsOfSmaller / keys);
            Assert.Equal((depths + (2 * keys)) / n, AveragePathLength.Of(n), 1e-9);
            depthsOfSmaller += depths;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Of_FewerThanTwo_IsZero(int n) => Assert.Equal(0, AveragePathLength.Of(n));

    [Theory]
    [InlineData(256)]
    [InlineData(100_000)]
    public void Of_Many_IsTheLogarithmWithEulersConstant(int n)
    {
        const double Euler = 0.57721566490153286;
        // H(m) = ln m + γ + 1 / 2m - 1 / 12m² + ...
        var m = n - 1.0;
        var harmonic = Math.Log(m) + Euler + (1 / (2 * m)) - (1 / (12 * m * m));
        Assert.Equal((2 * harmonic) - (2 * m / n), AveragePathLength.Of(n), 1e-8);
    }
}
