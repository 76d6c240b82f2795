using Aegis.MachineLearning.Autoencoders;

namespace Aegis.MachineLearning.Tables;

/// <summary>An autoencoder over numbers scaled by the ordinary rows. It is two-sided: no side of a column counts as the
/// suspicious one.</summary>
public sealed class AutoencoderTableScorer(ColumnScaler scaler, Autoencoder autoencoder) : ITableScorer
{
    private const int BlockRows = 256;

    private readonly float[] _inputs = new float[BlockRows * scaler.Columns];
    private readonly float[] _scratch = new float[autoencoder.ScratchLength];

    /// <inheritdoc/>
    public int Columns => scaler.Columns;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores)
    {
        TableShape.Check(rows, rowCount, Columns, scores);
        for (var start = 0; start < rowCount; start += BlockRows)
        {
            var count = Math.Min(BlockRows, rowCount - start);
            var inputs = _inputs.AsSpan(0, count * Columns);
            scaler.Scale(rows.Slice(start * Columns, inputs.Length), inputs);
            autoencoder.Score(inputs, count, scores.Slice(start, count), _scratch);
        }
    }
}
