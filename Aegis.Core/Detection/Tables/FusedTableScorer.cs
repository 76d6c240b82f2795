namespace Aegis.Core.Detection.Tables;

/// <summary>The weighted mean of both detectors' -ln p, each calibrated on the rows it was fitted on.</summary>
public sealed class FusedTableScorer(
    ITableScorer forest, ScoreCalibrator forestCalibrator, ITableScorer autoencoder, ScoreCalibrator autoencoderCalibrator, ScoreFusion fusion) : ITableScorer
{
    private const int BlockRows = 256;

    private readonly double[] _autoencoderScores = new double[BlockRows];

    /// <inheritdoc/>
    public int Columns => forest.Columns;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores)
    {
        TableShape.Check(rows, rowCount, Columns, scores);
        for (var start = 0; start < rowCount; start += BlockRows)
        {
            var count = Math.Min(BlockRows, rowCount - start);
            var block = rows.Slice(start * Columns, count * Columns);
            var fused = scores.Slice(start, count);
            forest.Score(block, count, fused);
            autoencoder.Score(block, count, _autoencoderScores);
            for (var row = 0; row < count; row++)
            {
                fused[row] = fusion.Combine(forestCalibrator.NegativeLogP(fused[row]), autoencoderCalibrator.NegativeLogP(_autoencoderScores[row]));
            }
        }
    }
}
