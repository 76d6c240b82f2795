using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;

namespace Aegis.Tests.MachineLearning.Autoencoders;

public sealed class AutoencoderTrainerTests
{
    [Fact]
    public void Train_ReportsEachPass_AndEndsAtTheLast()
    {
        var passes = new Passes();
        AutoencoderTrainer.Train(Rows(60, 3, 1), 3, Small with { Epochs = 7, Patience = 1_000 }, passes);
        Assert.Equal(Enumerable.Range(1, 7), passes.Reported);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Train_WithoutProgress_StopsAfterItsPatience(int patience)
    {
        // A rate that moves nothing: the first pass is the best, and each further one is without improvement.
        var passes = new Passes();
        AutoencoderTrainer.Train(Rows(60, 3, 1), 3, Small with { Epochs = 50, Patience = patience, LearningRate = 1e-9f }, passes);
        Assert.Equal(patience + 2, passes.Reported.Count);
    }

    [Fact]
    public void Train_WeighsErrors_ByWhatIsUsualOfEachColumn()
    {
        // Weights are 1 / (mean squared error + 0.01); the errors are those that Score tells of training rows.
        const int Count = 400, Columns = 3;
        var rows = Rows(Count, Columns, 2);
        var trained = AutoencoderTrainer.Train(rows, Columns, Small with { ValidationShare = 0.25 });
        var (errors, scratch, means) = (new float[Columns], new float[trained.ScratchLength], new double[Columns]);
        for (var row = 0; row < 300; row++)
        {
            trained.Score(rows.AsSpan(row * Columns, Columns), errors, scratch);
            for (var column = 0; column < Columns; column++)
            {
                means[column] += errors[column] / trained.ErrorWeights[column] / 300;
            }
        }

        for (var column = 0; column < Columns; column++)
        {
            Assert.Equal(1, trained.ErrorWeights[column] * (means[column] + 0.01), 1e-3);
        }
    }

    [Fact]
    public void Train_OfColumnsThatGoTogether_LearnsThemThroughANarrowCode()
    {
        // The second and third columns follow from the first: one number is enough.
        const ulong Seed = 3;
        var random = new SeededRandom(Seed);
        var rows = new float[3_000];
        for (var row = 0; row < 1_000; row++)
        {
            var x = (float)random.NextNormal();
            (rows[3 * row], rows[(3 * row) + 1], rows[(3 * row) + 2]) = (x, -x, x / 2);
        }

        var options = Small with { HiddenUnits = 12, CodeUnits = 1, Epochs = 60, Noise = 0, LearningRate = 1e-2f };
        var weights = AutoencoderTrainer.Train(rows, 3, options).ErrorWeights.ToArray();
        // A mean squared error below 0.02 of variances 1, 1 and 1/4.
        Assert.True(weights.All(weight => weight > 1 / 0.03), $"seed {Seed}: weights {string.Join(' ', weights)}");
    }

    [Fact]
    public void Train_WithOneSeed_GivesOneNetwork_AndWithAnotherAnother()
    {
        var rows = Rows(100, 4, 4);
        var one = Parameters(AutoencoderTrainer.Train(rows, 4, Small with { Seed = 5 }));
        Assert.Equal(one, Parameters(AutoencoderTrainer.Train(rows, 4, Small with { Seed = 5 })));
        Assert.NotEqual(one, Parameters(AutoencoderTrainer.Train(rows, 4, Small with { Seed = 6 })));
    }

    [Fact]
    public void Train_ShapesTheNetworkByTheOptions()
    {
        var trained = AutoencoderTrainer.Train(
            Rows(50, 5, 5), 5, Small with { HiddenUnits = 9, CodeUnits = 2, Activation = Activation.Silu, InputLimit = 4 });
        Assert.Equal(
            [(5, 9, Activation.Silu), (9, 2, Activation.Silu), (2, 9, Activation.Silu), (9, 5, Activation.Identity)],
            trained.Layers.ToArray().Select(layer => (layer.Inputs, layer.Outputs, layer.Activation)));
        Assert.Equal((4f, 5), (trained.InputLimit, trained.InputCount));
    }

    [Theory]
    [InlineData(27, 3, "27 values in 3 columns to train on; allowed: 10 whole rows or more of 1 column or more.")]
    [InlineData(31, 3, "31 values in 3 columns")]
    [InlineData(30, 0, "30 values in 0 columns")]
    public void Train_OfRowsThatDoNotFit_SaysWhatItTakes(int values, int columns, string message) => Assert.StartsWith(
        message, Assert.Throws<ArgumentException>(
            () => AutoencoderTrainer.Train(new float[values], columns, Small)).Message, StringComparison.Ordinal);

    [Fact]
    public void Train_OfTenRows_IsDone() => Assert.Equal(3, AutoencoderTrainer.Train(Rows(10, 3, 6), 3, Small).InputCount);

    private static AutoencoderOptions Small => new() { HiddenUnits = 6, CodeUnits = 2, Epochs = 5, BatchSize = 40, Threads = 1 };

    private static float[] Rows(int count, int columns, ulong seed)
    {
        var random = new SeededRandom(seed);
        return [.. Enumerable.Range(0, count * columns).Select(_ => (float)random.NextNormal())];
    }

    private static float[] Parameters(Autoencoder autoencoder) =>
        [.. autoencoder.Layers.ToArray().SelectMany(layer => layer.ToParameters())];

    private sealed class Passes : IProgress<int>
    {
        public List<int> Reported { get; } = [];

        public void Report(int value) => Reported.Add(value);
    }
}
