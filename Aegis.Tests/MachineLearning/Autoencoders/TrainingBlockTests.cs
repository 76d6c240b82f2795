using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed class TrainingBlockTests
{
    [Fact]
    public void AddErrors_OfALayerThatDoubles_AddsTheSquaresOfTheRows()
    {
        // y = 2 x, so that the error of x is x.
        var layer = new DenseLayer(2, 2, Activation.Identity, [2, 0, 0, 2, 0, 0]);
        var block = new TrainingBlock([layer]);
        block.Load([1, 2, 0, 0, 0, 0, 0, 0, 30, 40, 0, 0, 0, 0, 0, 0, 5, 6, 0, 0, 0, 0, 0, 0], [2, 0], noise: 0, new SeededRandom(1));
        block.Forward([layer]);
        double[] totals = [100, 200];
        block.AddErrors(totals);
        Assert.Equal([100 + 25 + 1, 200 + 36 + 4], totals);
    }

    [Fact]
    public void Backward_OfOneLayer_IsTheClosedForm()
    {
        // With E = ((w x + b - x)² of both columns) / 2, dE/dw_oi = (y_o - x_o) x_i and dE/db_o = y_o - x_o.
        var layer = new DenseLayer(2, 2, Activation.Identity, [2, 1, 0, 3, 0.5f, -0.5f]);
        var block = new TrainingBlock([layer]);
        block.Load([1, 2, 0, 0, 0, 0, 0, 0, -3, 4, 0, 0, 0, 0, 0, 0], [0, 1], noise: 0, new SeededRandom(1));
        block.Forward([layer]);
        block.Backward([layer], [[]]);
        // Row (1, 2): y = (4.5, 5.5), off by (3.5, 3.5). Row (-3, 4): y = (-1.5, 11.5), off by (1.5, 7.5).
        var gradient = block.Gradient(0).ToArray();
        Assert.Equal([(3.5f * 1) + (1.5f * -3), (3.5f * 1) + (7.5f * -3)], gradient[..2]);
        Assert.Equal([(3.5f * 2) + (1.5f * 4), (3.5f * 2) + (7.5f * 4)], gradient[8..10]);
        Assert.Equal([5, 11], gradient[16..18]);
    }

    [Fact]
    public void Load_WithNoise_AddsItToTheInputsAlone_WithItsDeviation()
    {
        const ulong Seed = 9;
        const float Noise = 0.5f;
        // The output is the input: what is off the target is the noise.
        var layer = new DenseLayer(
            8, 8, Activation.Identity, [.. Enumerable.Range(0, 64).Select(i => i % 9 == 0 ? 1f : 0), .. new float[8]]);
        var block = new TrainingBlock([layer]);
        var totals = new double[8];
        const int Passes = 500;
        for (var pass = 0; pass < Passes; pass++)
        {
            block.Load(new float[32 * 8], [.. Enumerable.Range(0, 32)], Noise, SeededRandom.For(Seed, (ulong)pass));
            block.Forward([layer]);
            block.AddErrors(totals);
        }

        var variance = totals.Sum() / (Passes * 32.0 * 8);
        Assert.True(Math.Abs((variance / (Noise * Noise)) - 1) < 0.02, $"seed {Seed}: variance {variance}");
    }

    [Fact]
    public void Load_OfFewerRows_ForgetsThoseBefore()
    {
        var layer = new DenseLayer(1, 1, Activation.Identity, [0, 0]);
        var block = new TrainingBlock([layer]);
        var table = new float[32 * 8];
        for (var row = 0; row < 32; row++)
        {
            table[row * 8] = 1;
        }

        var totals = new double[1];
        block.Load(table, [.. Enumerable.Range(0, 32)], 0, default);
        block.Load(table, [7], 0, default);
        block.Forward([layer]);
        block.AddErrors(totals);
        Assert.Equal(1, totals[0]);
    }
}
