using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Onnx;

namespace Aegis.MachineLearning.Trainers;

/// <summary>A trained autoencoder. Ordinary rows score about 1.</summary>
/// <param name="autoencoder">The autoencoder.</param>
/// <param name="featureColumn">The column to read: a vector of floats.</param>
/// <param name="threshold">The score from which <c>PredictedLabel</c> is true.</param>
public sealed class AutoencoderTransformer(
    Autoencoder autoencoder, string featureColumn = "Features", double threshold = double.PositiveInfinity)
    : DetectorTransformer(featureColumn, threshold)
{
    /// <summary>The underlying autoencoder.</summary>
    public Autoencoder Autoencoder { get; } = autoencoder;

    /// <inheritdoc/>
    public override int Columns => Autoencoder.InputCount;

    /// <inheritdoc/>
    public override int ScratchLength => Autoencoder.ScratchLength;

    internal override DetectorKind Kind => DetectorKind.Autoencoder;

    /// <inheritdoc/>
    public override void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores, Span<float> scratch) =>
        Autoencoder.Score(rows, rowCount, scores, scratch);

    /// <inheritdoc/>
    public override byte[] ToOnnxBytes(string input, string output) => AutoencoderOnnx.Write(Autoencoder, input, output);
}
