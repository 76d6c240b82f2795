using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Onnx;

namespace Aegis.MachineLearning.Trainers;

/// <summary>A grown isolation forest. Scores are 0 to 1; ordinary rows score about 0.5.</summary>
/// <param name="forest">The forest.</param>
/// <param name="columns">Values for each row, at least those that the forest tests.</param>
/// <param name="featureColumn">The column to read: a vector of floats.</param>
/// <param name="threshold">The score from which <c>PredictedLabel</c> is true.</param>
public sealed class IsolationForestTransformer(
    IsolationForest forest, int columns, string featureColumn = "Features", double threshold = double.PositiveInfinity)
    : DetectorTransformer(featureColumn, threshold)
{
    /// <summary>The underlying forest.</summary>
    public IsolationForest Forest { get; } = forest;

    /// <inheritdoc/>
    public override int Columns { get; } = columns >= forest.Columns && columns > 0
        ? columns
        : throw new ArgumentException(
            $"columns is '{columns}'; allowed: {Math.Max(1, forest.Columns)} or more, which the forest tests.", nameof(columns));

    internal override DetectorKind Kind => DetectorKind.IsolationForest;

    /// <inheritdoc/>
    public override void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores, Span<float> scratch) =>
        Forest.Score(rows, rowCount, scores);

    /// <inheritdoc/>
    public override byte[] ToOnnxBytes(string input, string output) => Forest.ColumnsPerSplit == 1
        ? ForestOnnx.Write(Forest, Columns, input, output)
        : throw new NotSupportedException($"The forest's splits weigh {Forest.ColumnsPerSplit} columns; allowed in ONNX: 1.");
}
