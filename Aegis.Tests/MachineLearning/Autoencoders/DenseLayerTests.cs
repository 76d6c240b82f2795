using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed class DenseLayerTests
{
    // Two outputs of three inputs: 1, 2, 3 and 10, 20, 30; biases 0.5 and -0.5.
    private static readonly float[] Parameters = [1, 2, 3, 10, 20, 30, 0.5f, -0.5f];

    [Fact]
    public void Forward_IsTheWeightedSumAndTheBias()
    {
        var layer = new DenseLayer(3, 2, Activation.Identity, Parameters);
        Assert.Equal((3, 2, 8, Activation.Identity), (layer.Inputs, layer.Outputs, layer.Width, layer.Activation));
        var y = new float[16];
        layer.Forward([1, 1, 1, 99, 0, 1, 2, 99], 4, 2, y);
        Assert.Equal([6.5f, 59.5f, 8.5f, 79.5f], new[] { y[0], y[1], y[8], y[9] });
    }

    [Fact]
    public void Forward_EndsWithTheActivation_AndSumDoesNot()
    {
        var layer = new DenseLayer(1, 1, Activation.Tanh, [2, -1]);
        var (y, sums) = (new float[8], new float[8]);
        layer.Forward([0.75f], 1, 1, y);
        layer.Sum([0.75f], 1, 1, sums);
        Assert.Equal(Math.Tanh(0.5), y[0], 1e-6);
        Assert.Equal(0.5f, sums[0]);
    }

    [Fact]
    public void Weights_LieInputAfterInput_PaddedToWholeVectors()
    {
        var layer = new DenseLayer(3, 2, Activation.Silu, Parameters);
        Assert.Equal(3 * 8, layer.Weights.Length);
        Assert.Equal([1, 10, 0, 0, 0, 0, 0, 0, 2, 20], layer.Weights[..10].ToArray());
        Assert.Equal([0.5f, -0.5f, 0, 0, 0, 0, 0, 0], layer.Parameters[24..].ToArray());
        Assert.Equal(Parameters, layer.ToParameters());
    }

    [Fact]
    public void Random_DrawsWeightsAfterGlorot_AndNoBiases()
    {
        const ulong Seed = 3;
        var random = new SeededRandom(Seed);
        var parameters = DenseLayer.Random(60, 36, Activation.Tanh, ref random).ToParameters();
        var limit = Math.Sqrt(6.0 / 96);
        var weights = parameters[..(60 * 36)];
        Assert.All(parameters[(60 * 36)..], bias => Assert.Equal(0, bias));
        Assert.True(weights.All(weight => Math.Abs(weight) <= limit), $"seed {Seed}");
        // Uniform: the outermost come near the limits, the variance is a third of the limit's square.
        Assert.InRange(weights.Max(), 0.99 * limit, limit);
        Assert.InRange(weights.Min(), -limit, -0.99 * limit);
        Assert.Equal(1, weights.Average(weight => weight * weight) / (limit * limit / 3), 0.1);
    }

    [Theory]
    [InlineData(0, 2, 2)]
    [InlineData(2, 0, 0)]
    [InlineData(3, 2, 7)]
    [InlineData(3, 2, 9)]
    public void Constructor_OfOtherCounts_SaysHowManyItTakes(int inputs, int outputs, int parameters) => Assert.StartsWith(
        $"{parameters} parameters; allowed: ({inputs} + 1) × {outputs}, both 1 or more.",
        Assert.Throws<ArgumentException>(
            () => new DenseLayer(inputs, outputs, Activation.Tanh, new float[parameters])).Message, StringComparison.Ordinal);

    [Fact]
    public void Constructor_OfAnUnknownActivation_NamesThoseItKnows() => Assert.StartsWith(
        "Activation is '3'; allowed: Identity, Tanh, Silu.",
        Assert.Throws<ArgumentException>(() => new DenseLayer(1, 1, (Activation)3, new float[2])).Message, StringComparison.Ordinal);
}
