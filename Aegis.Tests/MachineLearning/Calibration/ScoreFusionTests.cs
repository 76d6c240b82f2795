using Aegis.MachineLearning.Calibration;

namespace Aegis.Tests.MachineLearning.Calibration;

public sealed class ScoreFusionTests
{
    [Fact]
    public void Combine_IsTheWeightedMean()
    {
        Assert.Equal(((1 * 10) + (2 * 20) + (3 * 30) + (4 * 40)) / 10.0, new ScoreFusion(1, 2, 3, 4).Combine(10, 20, 30, 40), 12);
        // Weights are shares: twice all is the same, and one alone is its own value.
        Assert.Equal(new ScoreFusion(1, 2, 3, 4).Combine(1, 7, 2, 5), new ScoreFusion(2, 4, 6, 8).Combine(1, 7, 2, 5), 12);
        Assert.Equal(7, new ScoreFusion(0, 0.1, 0).Combine(1, 7, 2, 5), 12);
    }

    [Fact]
    public void Combine_OfWhatWeighsNothing_IsAsWithoutIt() =>
        Assert.Equal(((0.85 * 4) + (0.15 * 8)) / 1, ScoreFusion.Default.Combine(4, 8, 1e9, 1e9), 12);

    [Theory]
    [InlineData(-0.1, 1, 1, 0)]
    [InlineData(1, -0.1, 1, 0)]
    [InlineData(1, 1, -0.1, 0)]
    [InlineData(1, 1, 1, -0.1)]
    [InlineData(0, 0, 0, 0)]
    [InlineData(0, 0, 0, 1)]
    [InlineData(double.NaN, 1, 1, 0)]
    [InlineData(1, 1, 1, double.NaN)]
    [InlineData(1, 1, 1, double.PositiveInfinity)]
    [InlineData(double.MaxValue, double.MaxValue, 0, 0)]
    public void Constructor_OfWeightsThatWeighNothing_NamesThemAll(double forest, double autoencoder, double tailSum, double external) =>
        Assert.Equal(
        $"The weights of forest, autoencoder, tail sum and external model are {forest}, {autoencoder}, {tailSum} and {external}; "
        + "allowed: 0 or more, the first three not all 0.",
        Assert.Throws<ArgumentException>(() => new ScoreFusion(forest, autoencoder, tailSum, external)).Message);
}
