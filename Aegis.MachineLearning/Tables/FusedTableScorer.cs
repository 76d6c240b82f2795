using Aegis.MachineLearning.Calibration;

namespace Aegis.MachineLearning.Tables;

/// <summary>A detector of a table, calibrated on the rows that it was fitted on.</summary>
public sealed record CalibratedScorer(ITableScorer Scorer, ScoreCalibrator Calibrator);

/// <summary>The weighted mean of the detectors' -ln p.</summary>
public sealed class FusedTableScorer(CalibratedScorer forest, CalibratedScorer autoencoder, CalibratedScorer tailSum, ScoreFusion fusion)
    : ITableScorer
{
    private const int BlockRows = 256;

    private readonly double[] _autoencoderScores = new double[BlockRows];
    private readonly double[] _tailSums = new double[BlockRows];

    /// <inheritdoc/>
    public int Columns => forest.Scorer.Columns;

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<float> rows, int rowCount, Span<double> scores)
    {
        TableShape.Check(rows, rowCount, Columns, scores);
        for (var start = 0; start < rowCount; start += BlockRows)
        {
            var count = Math.Min(BlockRows, rowCount - start);
            var block = rows.Slice(start * Columns, count * Columns);
            var fused = scores.Slice(start, count);
            forest.Scorer.Score(block, count, fused);
            autoencoder.Scorer.Score(block, count, _autoencoderScores);
            tailSum.Scorer.Score(block, count, _tailSums);
            for (var row = 0; row < count; row++)
            {
                fused[row] = fusion.Combine(
                    forest.Calibrator.NegativeLogP(fused[row]), autoencoder.Calibrator.NegativeLogP(_autoencoderScores[row]),
                    tailSum.Calibrator.NegativeLogP(_tailSums[row]));
            }
        }
    }
}
