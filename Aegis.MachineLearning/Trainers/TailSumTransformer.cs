using Aegis.MachineLearning.TailSums;

namespace Aegis.MachineLearning.Trainers;

/// <summary>A fitted tail sum. Scores are 0 or more.</summary>
/// <param name="tailSum">The tail sum.</param>
/// <param name="featureColumn">The column to read: a vector of floats.</param>
/// <param name="threshold">The score from which <c>PredictedLabel</c> is true.</param>
public sealed class TailSumTransformer(TailSum tailSum, string featureColumn = "Features", double threshold = double.PositiveInfinity)
    : DetectorTransformer(featureColumn, threshold)
{
    /// <summary>The underlying tail sum.</summary>
    public TailSum TailSum { get; } = tailSum;

    /// <inheritdoc/>
    public override int Columns { get; } = tailSum.Columns.Length;

    internal override DetectorKind Kind => DetectorKind.TailSum;

    /// <inheritdoc/>
    public override void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores, Span<float> scratch) =>
        TailSum.Score(rows, rowCount, scores);

    /// <inheritdoc/>
    public override byte[] ToOnnxBytes(string input, string output) =>
        throw new NotSupportedException(
            "A tail sum looks values up among sorted scores in double precision, which no ONNX operator does; save it by its own Save.");
}
