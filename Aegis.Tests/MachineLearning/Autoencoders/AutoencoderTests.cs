using System.Runtime.Intrinsics;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed partial class AutoencoderTests
{
    [Theory]
    [InlineData(Activation.Tanh, 1)]
    [InlineData(Activation.Silu, 1)]
    [InlineData(Activation.Identity, 1)]
    [InlineData(Activation.Tanh, 32)]
    [InlineData(Activation.Silu, 7)]
    public void Backward_AgreesWithFiniteDifferencesInEveryLayer(Activation activation, int rowCount)
    {
        const int Columns = 5;
        var random = new SeededRandom(5);
        DenseLayer[] layers =
        [
            DenseLayer.Random(Columns, 11, activation, ref random), DenseLayer.Random(11, 3, activation, ref random),
            DenseLayer.Random(3, 18, activation, ref random), DenseLayer.Random(18, Columns, Activation.Identity, ref random),
        ];
        var table = new float[rowCount * Lanes.Count];
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = i % Lanes.Count < Columns ? (float)random.NextNormal() : 0;
        }

        var block = new TrainingBlock(layers);
        block.Load(table, Enumerable.Range(0, rowCount).ToArray(), noise: 0.3f, new SeededRandom(11));
        block.Forward(layers);
        block.Backward(layers, [.. layers.Select(Transposed)]);
        var gradients = Enumerable.Range(0, layers.Length).Select(layer => block.Gradient(layer).ToArray()).ToArray();

        const float Step = 4e-3f;
        for (var layer = 0; layer < layers.Length; layer++)
        {
            for (var i = 0; i < layers[layer].Parameters.Length; i++)
            {
                var value = layers[layer].Parameters[i];
                layers[layer].Parameters[i] = value + Step;
                var above = Error(layers, block);
                layers[layer].Parameters[i] = value - Step;
                var below = Error(layers, block);
                layers[layer].Parameters[i] = value;
                // Padding lies beyond the outputs and has neither error nor gradient.
                var isPadding = i % layers[layer].Width >= layers[layer].Outputs;
                var expected = isPadding ? 0 : (above - below) / (2 * Step);
                Assert.True(Math.Abs(expected - gradients[layer][i]) < 2e-3 * Math.Sqrt(rowCount),
                    $"layer {layer}, parameter {i}: {gradients[layer][i]}, by differences {expected}");
            }
        }
    }

    [Fact]
    public void SoftClip_KeepsSmallValuesAndTheOrderOfLargeOnes()
    {
        float[] rising = [float.NegativeInfinity, -1e20f, -1000, -100, -30, -10, -1, 0, 1e-30f, 0.1f, 1, 10, 30, 100, 1000];
        var clipped = new float[16];
        SoftClip.Apply(rising, 10, clipped);
        Assert.Equal(clipped[..15].Order(), clipped[..15]);
        Assert.All(clipped, value => Assert.InRange(value, -10, 10));
        Assert.Equal(0.1f, clipped[9], 1e-5f);
        Assert.Equal(10 / MathF.Sqrt(2), clipped[11], 1e-5f);
        Assert.Equal(0, clipped[15]);
        Assert.True(clipped[14] > clipped[13] && clipped[13] > clipped[12]);
    }

    [Fact]
    public void Multiply_OfEveryShape_IsTheSameToTheBitAsTheScalarSum()
    {
        const ulong Seed = 17;
        var random = new SeededRandom(Seed);
        for (var rows = 1; rows <= 9; rows++)
        {
            foreach (var (depth, width) in new[] { (1, 8), (3, 16), (5, 24), (40, 40) })
            {
                var x = Enumerable.Range(0, rows * depth).Select(_ => (float)random.NextNormal()).ToArray();
                var w = Enumerable.Range(0, depth * width).Select(_ => (float)random.NextNormal()).ToArray();
                var s = Enumerable.Range(0, width).Select(_ => (float)random.NextNormal()).ToArray();
                var (y, ofTranspose) = (new float[rows * width], new float[rows * width]);
                MatrixProduct.Multiply(StridedMatrix.Of(x, rows, depth, depth), w, width, s, y);
                var turned = Enumerable.Range(0, x.Length).Select(i => x[(i % rows * depth) + (i / rows)]).ToArray();
                MatrixProduct.Multiply(StridedMatrix.Of(turned, depth, rows, rows).Transposed, w, width, s, ofTranspose);
                for (var i = 0; i < y.Length; i++)
                {
                    var sum = s[i % width];
                    for (var k = 0; k < depth; k++)
                    {
                        sum += x[(i / width * depth) + k] * w[(k * width) + (i % width)];
                    }

                    Assert.True(sum.Equals(y[i]) && sum.Equals(ofTranspose[i]), $"seed {Seed}, {rows} × {depth} × {width}, value {i}");
                }
            }
        }

        Assert.Throws<ArgumentException>(
            () => MatrixProduct.Multiply(StridedMatrix.Of(new float[4], 2, 2, 2), new float[15], 8, [], new float[16]));
        Assert.Throws<ArgumentException>(() => StridedMatrix.Of(new float[4], 2, 2, 3));
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Silu)]
    public void Score_OfRowThatBreaksTheRule_ExceedsScoreOfRowThatKeepsIt(Activation activation)
    {
        // Six columns, two degrees of freedom: c2 = c0 + c1, c3 = c0 - c1, c4 = 2 c0, c5 = -c1.
        var random = new SeededRandom(9);
        var rows = new float[4_000 * 6];
        for (var row = 0; row < 4_000; row++)
        {
            Rule((float)random.NextNormal(), (float)random.NextNormal()).CopyTo(rows, row * 6);
        }

        var autoencoder = AutoencoderTrainer.Train(
            rows, 6, new AutoencoderOptions { HiddenUnits = 12, CodeUnits = 2, Epochs = 40, Noise = 0.05f, Activation = activation });
        var kept = Score(autoencoder, Rule(0.5f, -0.4f), out _);
        float[] broken = Rule(0.5f, -0.4f);
        broken[3] = -2.5f;
        var score = Score(autoencoder, broken, out var errors);
        Assert.True(score > 5 * kept, $"broken {score:F3}, kept {kept:F3}");
        Assert.Equal(errors.Average(), score, 4);
    }

    [Fact]
    public void TanhAndSigmoid_LieWithinAMillionthOfTheTrueOnes()
    {
        for (var x = -12f; x <= 12f; x += 1f / 4096)
        {
            var y = Lanes.Tanh(Vector256.Create(x))[0];
            Assert.True(Math.Abs(y - Math.Tanh(x)) < 1e-6 && Math.Abs(y) <= 1, $"tanh({x}) = {y}");
            Assert.Equal(-y, Lanes.Tanh(Vector256.Create(-x))[3]);
            Assert.Equal(1 / (1 + Math.Exp(-x)), Lanes.Sigmoid(Vector256.Create(x))[5], 1e-6);
        }
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Silu)]
    public void Score_OfRowsTogether_IsTheSameToTheBitAsTheScalarDefinition(Activation activation)
    {
        const ulong Seed = 23;
        const int Columns = 37;
        var random = new SeededRandom(Seed);
        // Widths of one to five lanes' vectors, with and without a rest.
        DenseLayer[] layers =
        [
            DenseLayer.Random(Columns, 24, activation, ref random), DenseLayer.Random(24, 6, activation, ref random),
            DenseLayer.Random(6, 16, activation, ref random), DenseLayer.Random(16, Columns, Activation.Identity, ref random),
        ];
        var weights = Enumerable.Range(0, Columns).Select(_ => (float)random.NextDouble(0.1, 9)).ToArray();
        var autoencoder = new Autoencoder(layers, weights);
        var scratch = new float[autoencoder.ScratchLength];
        for (var count = 1; count <= 257; count++)
        {
            var rows = Enumerable.Range(0, count * Columns).Select(_ => (float)random.NextNormal() * 6).ToArray();
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
        Assert.Equal(parameters, new DenseLayer(5, 9, Activation.Identity, parameters).ToParameters());
    }

    /// <summary>The network in plain scalar arithmetic: sums in the order of the inputs, errors in four lanes of doubles.</summary>
    private static double Define(DenseLayer[] layers, float[] weights, float[] row)
    {
        var x = row.Select(value => value / MathF.Sqrt(1 + (value * (1 / 10f) * (value * (1 / 10f))))).ToArray();
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

                return layer.Activation switch
                {
                    Activation.Tanh => Tanh(sum),
                    Activation.Silu => sum * (0.5f + (0.5f * Tanh(0.5f * sum))),
                    _ => sum,
                };
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
        float[] top = [-2.76076847742355e-16f, 2.00018790482477e-13f, -8.60467152213735e-11f, 5.12229709037114e-08f, 1.48572235717979e-05f,
            6.37261928875436e-04f, 4.89352455891786e-03f];
        float[] bottom = [1.19825839466702e-06f, 1.18534705686654e-04f, 2.26843463243900e-03f, 4.89352518554385e-03f];
        return Math.Clamp(x * top.Aggregate(0f, (sum, c) => (sum * s) + c) / bottom.Aggregate(0f, (sum, c) => (sum * s) + c), -1f, 1f);
    }

    private static float[] Rule(float a, float b) => [a, b, a + b, a - b, 2 * a, -b];

    private static double Score(Autoencoder autoencoder, float[] row, out float[] errors)
    {
        errors = new float[row.Length];
        return autoencoder.Score(row, errors, new float[autoencoder.ScratchLength]);
    }

    private static double Error(DenseLayer[] layers, TrainingBlock block)
    {
        var errors = new double[layers[0].Inputs];
        block.Forward(layers);
        block.AddErrors(errors);
        return errors.Average();
    }

    private static float[] Transposed(DenseLayer layer)
    {
        var width = Lanes.Pad(layer.Inputs);
        var transposed = new float[layer.Outputs * width];
        for (var i = 0; i < layer.Inputs * layer.Outputs; i++)
        {
            transposed[(i % layer.Outputs * width) + (i / layer.Outputs)] = layer.Weights[(i / layer.Outputs * layer.Width)
                + (i % layer.Outputs)];
        }

        return transposed;
    }
}
