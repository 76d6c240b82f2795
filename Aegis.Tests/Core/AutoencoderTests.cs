using System.Runtime.Intrinsics;
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

    [Fact]
    public void Tanh_LiesWithinAMillionthOfTheTrueOne()
    {
        for (var x = -12f; x <= 12f; x += 1f / 4096)
        {
            var y = Lanes.Tanh(Vector256.Create(x))[0];
            Assert.True(Math.Abs(y - Math.Tanh(x)) < 1e-6 && Math.Abs(y) <= 1, $"tanh({x}) = {y}");
            Assert.Equal(-y, Lanes.Tanh(Vector256.Create(-x))[3]);
        }
    }

    [Fact]
    public void Score_OfRowsTogether_IsTheSameToTheBitAsTheScalarDefinition()
    {
        const ulong Seed = 23;
        const int Columns = 37;
        var random = new SeededRandom(Seed);
        // Widths of one to five lanes' vectors, with and without a rest.
        DenseLayer[] layers =
        [
            DenseLayer.Random(Columns, 24, hasTanh: true, ref random), DenseLayer.Random(24, 6, hasTanh: true, ref random),
            DenseLayer.Random(6, 16, hasTanh: true, ref random), DenseLayer.Random(16, Columns, hasTanh: false, ref random),
        ];
        var weights = Enumerable.Range(0, Columns).Select(_ => (float)random.NextDouble(0.1, 9)).ToArray();
        var autoencoder = new Autoencoder(layers, weights);
        var scratch = new float[autoencoder.ScratchLength];
        for (var count = 1; count <= 257; count++)
        {
            var rows = Enumerable.Range(0, count * Columns).Select(_ => (float)random.NextGaussian() * 6).ToArray();
            var scores = new double[count];
            Array.Fill(scratch, float.NaN);
            autoencoder.Score(rows, count, scores, scratch);
            for (var row = 0; row < count; row++)
            {
                var values = rows.AsSpan(row * Columns, Columns).ToArray();
                var expected = BitConverter.DoubleToInt64Bits(Define(layers, weights, values));
                Assert.True(expected == BitConverter.DoubleToInt64Bits(scores[row]), $"seed {Seed}, row {row} of {count}");
                Assert.Equal(expected, BitConverter.DoubleToInt64Bits(Score(autoencoder, values, out _)));
            }
        }
    }

    [Fact]
    public void ToParameters_GivesBackWhatTheLayerWasMadeOf()
    {
        var parameters = Enumerable.Range(1, (5 + 1) * 9).Select(i => (float)i).ToArray();
        Assert.Equal(parameters, new DenseLayer(5, 9, hasTanh: false, parameters).ToParameters());
    }

    /// <summary>The network in plain scalar arithmetic: sums in the order of the inputs, errors in four lanes of doubles.</summary>
    private static double Define(DenseLayer[] layers, float[] weights, float[] row)
    {
        var x = row.Select(value => Math.Clamp(value, -Autoencoder.InputLimit, Autoencoder.InputLimit)).ToArray();
        var y = x;
        foreach (var layer in layers)
        {
            var parameters = layer.ToParameters();
            y = [.. Enumerable.Range(0, layer.Outputs).Select(output =>
            {
                var sum = parameters[(layer.Inputs * layer.Outputs) + output];
                for (var input = 0; input < layer.Inputs; input++)
                {
                    sum += parameters[(output * layer.Inputs) + input] * y[input];
                }

                return layer.HasTanh ? Tanh(sum) : sum;
            })];
        }

        var sums = new double[8];
        for (var i = 0; i < x.Length; i++)
        {
            var difference = y[i] - x[i];
            sums[i % 8] += difference * difference * weights[i];
        }

        var four = Enumerable.Range(0, 4).Select(lane => sums[lane] + sums[lane + 4]).ToArray();
        return ((four[0] + four[2]) + (four[1] + four[3])) / x.Length;
    }

    private static float Tanh(float x)
    {
        x = Math.Clamp(x, -7.9f, 7.9f);
        var s = x * x;
        float[] top = [-2.76076847742355e-16f, 2.00018790482477e-13f, -8.60467152213735e-11f, 5.12229709037114e-08f, 1.48572235717979e-05f, 6.37261928875436e-04f, 4.89352455891786e-03f];
        float[] bottom = [1.19825839466702e-06f, 1.18534705686654e-04f, 2.26843463243900e-03f, 4.89352518554385e-03f];
        return Math.Clamp(x * top.Aggregate(0f, (sum, c) => (sum * s) + c) / bottom.Aggregate(0f, (sum, c) => (sum * s) + c), -1f, 1f);
    }

    private static float[] Rule(float a, float b) => [a, b, a + b, a - b, 2 * a, -b];

    private static double Score(Autoencoder autoencoder, float[] row, out float[] errors)
    {
        errors = new float[row.Length];
        return autoencoder.Score(row, errors, new float[autoencoder.ScratchLength]);
    }

    private static double Error(DenseLayer[] layers, float[] noisy, float[] target, float[][]? gradients = null)
    {
        var outputs = layers.Select(l => new float[l.Width]).ToArray();
        var deltas = layers.Select(l => new float[l.Width]).ToArray();
        return AutoencoderTrainer.AddGradients(layers, noisy, target, outputs, deltas, gradients ?? [.. layers.Select(l => new float[l.Parameters.Length])]);
    }
}
