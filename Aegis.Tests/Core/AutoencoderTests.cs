using Aegis.Core.Autoencoders;
using Aegis.Core.Numerics;

namespace Aegis.Tests.Core;

public sealed class AutoencoderTests
{
    [Fact]
    public void AddGradients_AgreesWithFiniteDifferences()
    {
        var random = new SeededRandom(5);
        DenseLayer[] layers = [DenseLayer.Random(4, 3, hasTanh: true, ref random), DenseLayer.Random(3, 4, hasTanh: false, ref random)];
        float[] noisy = [0.3f, -0.7f, 1.1f, 0.2f], target = [0.4f, -0.6f, 0.9f, 0.1f];
        var gradients = layers.Select(l => new float[l.Parameters.Length]).ToArray();
        Error(layers, noisy, target, gradients);

        const float Step = 1e-3f;
        for (var layer = 0; layer < layers.Length; layer++)
        {
            for (var i = 0; i < layers[layer].Parameters.Length; i++)
            {
                var value = layers[layer].Parameters[i];
                layers[layer].Parameters[i] = value + Step;
                var above = Error(layers, noisy, target);
                layers[layer].Parameters[i] = value - Step;
                var below = Error(layers, noisy, target);
                layers[layer].Parameters[i] = value;
                Assert.Equal((above - below) / (2 * Step), gradients[layer][i], 1e-3);
            }
        }
    }

    [Fact]
    public void Score_OfRowThatBreaksTheRule_ExceedsScoreOfRowThatKeepsIt()
    {
        // Six columns, two degrees of freedom: c2 = c0 + c1, c3 = c0 - c1, c4 = 2 c0, c5 = -c1.
        var random = new SeededRandom(9);
        var rows = new float[4_000 * 6];
        for (var row = 0; row < 4_000; row++)
        {
            Rule((float)random.NextGaussian(), (float)random.NextGaussian()).CopyTo(rows, row * 6);
        }

        var autoencoder = AutoencoderTrainer.Train(rows, 6, new AutoencoderOptions { HiddenUnits = 12, CodeUnits = 2, Epochs = 40, Noise = 0.05f });
        var kept = Score(autoencoder, Rule(0.5f, -0.4f), out _);
        float[] broken = Rule(0.5f, -0.4f);
        broken[3] = -2.5f;
        var score = Score(autoencoder, broken, out var errors);
        Assert.True(score > 5 * kept, $"broken {score:F3}, kept {kept:F3}");
        Assert.Equal(errors.Average(), score, 4);
    }

    [Fact]
    public void Train_WithOneSeed_GivesOneNetwork()
    {
        var random = new SeededRandom(2);
        var rows = Enumerable.Range(0, 500 * 4).Select(_ => (float)random.NextGaussian()).ToArray();
        var options = new AutoencoderOptions { HiddenUnits = 5, CodeUnits = 2, Epochs = 3, Seed = 4 };
        var row = rows.AsSpan(0, 4).ToArray();
        Assert.Equal(Score(AutoencoderTrainer.Train(rows, 4, options), row, out _), Score(AutoencoderTrainer.Train(rows, 4, options), row, out _));
    }

    private static float[] Rule(float a, float b) => [a, b, a + b, a - b, 2 * a, -b];

    private static double Score(Autoencoder autoencoder, float[] row, out float[] errors)
    {
        errors = new float[row.Length];
        return autoencoder.Score(row, errors, new float[autoencoder.ScratchLength]);
    }

    private static double Error(DenseLayer[] layers, float[] noisy, float[] target, float[][]? gradients = null)
    {
        var outputs = layers.Select(l => new float[l.Outputs]).ToArray();
        var deltas = layers.Select(l => new float[l.Outputs]).ToArray();
        return AutoencoderTrainer.AddGradients(layers, noisy, target, outputs, deltas, gradients ?? [.. layers.Select(l => new float[l.Parameters.Length])]);
    }
}
