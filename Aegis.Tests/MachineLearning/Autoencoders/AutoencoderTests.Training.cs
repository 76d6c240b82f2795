using System.Runtime.Intrinsics;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed partial class AutoencoderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Train_OnAnyNumberOfThreads_GivesTheSameBits(int threads)
    {
        var random = new SeededRandom(3);
        var rows = Enumerable.Range(0, 1_111 * 9).Select(_ => (float)random.NextNormal()).ToArray();
        var options = new AutoencoderOptions { HiddenUnits = 10, CodeUnits = 3, Epochs = 4, BatchSize = 200, Activation = Activation.Silu };
        var one = AutoencoderTrainer.Train(rows, 9, options with { Threads = 1 });
        var many = AutoencoderTrainer.Train(rows, 9, options with { Threads = threads });
        for (var layer = 0; layer < one.Layers.Length; layer++)
        {
            Assert.Equal(one.Layers[layer].ToParameters(), many.Layers[layer].ToParameters());
        }

        Assert.Equal(one.ErrorWeights.ToArray(), many.ErrorWeights.ToArray());
    }

    [Theory]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Silu)]
    public void Train_OnConstantAndWildColumns_ScoresFinitely(Activation activation)
    {
        // A constant column, one that is no number at all, infinities, and the largest floats.
        var random = new SeededRandom(8);
        var rows = new float[300 * 5];
        for (var row = 0; row < 300; row++)
        {
            var infinite = row % 2 == 0 ? float.PositiveInfinity : float.NegativeInfinity;
            ReadOnlySpan<float> values = [7, float.NaN, infinite, float.MaxValue * (float)random.NextDouble(-1, 1), (
                float)random.NextNormal()];
            values.CopyTo(rows.AsSpan(row * 5));
        }

        var autoencoder = AutoencoderTrainer.Train(
            rows, 5, new AutoencoderOptions { HiddenUnits = 4, CodeUnits = 2, Epochs = 3, Activation = activation });
        foreach (var value in new[] { 0, 1e-40f, -1, 1e30f, float.MinValue, float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            var score = Score(autoencoder, [value, value, value, value, value], out var errors);
            Assert.True(double.IsFinite(score) && score >= 0, $"{value} scores {score}");
            Assert.All(errors, error => Assert.True(float.IsFinite(error)));
        }
    }

    [Fact]
    public void Train_OnTenEqualRowsOfTenThousandColumns_ScoresThemLow()
    {
        var rows = Enumerable.Repeat(1f, 10 * 10_000).ToArray();
        var autoencoder = AutoencoderTrainer.Train(rows, 10_000, new AutoencoderOptions { Epochs = 2 });
        Assert.InRange(Score(autoencoder, rows[..10_000], out _), 0, 2);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(27, 3)]
    [InlineData(31, 3)]
    [InlineData(30, 0)]
    public void Train_OnTooFewOrBrokenRows_IsRefused(int values, int columns)
    {
        var error = Assert.Throws<ArgumentException>(() => AutoencoderTrainer.Train(new float[values], columns, new AutoencoderOptions()));
        Assert.Contains("allowed: 10 whole rows or more", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_WithOptionsOutOfRange_NamesThem()
    {
        (AutoencoderOptions Options, string Name)[] bad =
        [
            (new() { HiddenUnits = 0 }, "HiddenUnits is '0'"), (new() { CodeUnits = -1 }, "CodeUnits is '-1'"), (
                new() { BatchSize = 0 }, "BatchSize is '0'"),
            (new() { Noise = float.NaN }, "Noise is 'NaN'"), (new() { LearningRate = 0 }, "LearningRate is '0'"), (
                new() { ValidationShare = 1 }, "ValidationShare is '1'"),
            (new() { InputLimit = 0 }, "InputLimit is '0'"), (new() { Threads = 0 }, "Threads is '0'"), (
                new() { Epochs = 0 }, "Epochs is '0'"), (new() { Patience = -1 }, "Patience is '-1'"),
            (new() { Activation = (Activation)9 }, "Activation is '9'"),
        ];
        foreach (var (options, name) in bad)
        {
            var error = Assert.Throws<ArgumentException>(() => AutoencoderTrainer.Train(new float[30], 3, options));
            Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
        }
    }
}
