using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Onnx;

namespace Aegis.Tests.MachineLearning.Onnx;

public sealed class AutoencoderOnnxTests(SmallModel small) : IClassFixture<SmallModel>
{
    private const ulong Seed = 47;
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(Activation.Tanh, 10)]
    [InlineData(Activation.Silu, 3)]
    [InlineData(Activation.Identity, 1_000)]
    public void Write_ScoresInOnnxRuntimeAsHere(Activation activation, float limit)
    {
        const int Columns = 13, Count = 700;
        var random = new SeededRandom(Seed);
        DenseLayer[] layers =
        [
            DenseLayer.Random(Columns, 9, activation, ref random), DenseLayer.Random(9, 3, activation, ref random),
            DenseLayer.Random(3, 9, activation, ref random), DenseLayer.Random(9, Columns, Activation.Identity, ref random),
        ];
        float[] weights = [.. Enumerable.Range(0, Columns).Select(i => 1f / (i + 1))];
        var autoencoder = new Autoencoder(layers, weights, limit);
        var rows = new float[Count * Columns];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = random.NextInt(200) switch
            {
                0 => float.NaN,
                1 => float.PositiveInfinity,
                2 => float.NegativeInfinity,
                3 => 1e30f,
                _ => 3 * (float)random.NextNormal(),
            };
        }

        AssertEqual(Score(autoencoder, rows), OnnxRuntime.Run(AutoencoderOnnx.Write(autoencoder), rows, Columns));
    }

    [Fact]
    public void Write_WithTheScaler_ScoresFeatureVectorsInOnnxRuntimeAsHere()
    {
        var (scaler, autoencoder) = (small.Model.Scaler, small.Model.Autoencoder.Autoencoder);
        var features = small.Rows.Features[..(1_000 * FeatureSchema.Count)].ToArray();
        AssertEqual(Score(autoencoder, scaler.EncodeAll(features)), OnnxRuntime.Run(
            AutoencoderOnnx.Write(scaler, autoencoder), features, FeatureSchema.Count));
    }

    [Fact]
    public void Write_WithAScalerOfOtherInputs_IsRefused()
    {
        var random = new SeededRandom(Seed);
        var autoencoder = new Autoencoder([DenseLayer.Random(2, 2, Activation.Identity, ref random)], [1, 1]);
        Assert.Contains("allowed: 2, which the autoencoder takes", Assert.Throws<ArgumentException>(
            () => AutoencoderOnnx.Write(small.Model.Scaler, autoencoder)).Message, StringComparison.Ordinal);
    }

    private static double[] Score(Autoencoder autoencoder, float[] inputs)
    {
        var scores = new double[inputs.Length / autoencoder.InputCount];
        autoencoder.Score(inputs, scores.Length, scores, new float[autoencoder.ScratchLength]);
        return scores;
    }

    private static void AssertEqual(double[] here, float[] there)
    {
        Assert.Equal(here.Length, there.Length);
        Assert.True(here.Max() > 1.5 * here.Min());
        for (var row = 0; row < here.Length; row++)
        {
            Assert.True(Math.Abs(here[row] - there[row]) <= Tolerance * Math.Max(1, here[row]),
                $"seed {Seed}, row {row}: {here[row]} here, {there[row]} there");
        }
    }
}
