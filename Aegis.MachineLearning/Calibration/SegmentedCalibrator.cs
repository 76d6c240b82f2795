namespace Aegis.MachineLearning.Calibration;

/// <summary>A detector's calibration: one for all payments, and one for each segment with a large enough reference.</summary>
public sealed class SegmentedCalibrator
{
    /// <summary>The least number of reference scores for a calibrator of a segment's own. With fewer, its tail would be
    /// guesswork, so its payments are compared with all payments.</summary>
    public const int MinOfOwn = 1_000;

    private readonly ScoreCalibrator[] _used;

    /// <param name="all">The calibrator of all payments.</param>
    /// <param name="own">The calibrator of each segment; null if its payments are compared with all.</param>
    public SegmentedCalibrator(ScoreCalibrator all, IReadOnlyList<ScoreCalibrator?> own)
    {
        (All, Own) = (all, own);
        _used = [.. own.Select(calibrator => calibrator ?? all)];
    }

    /// <summary>The calibrator of all payments.</summary>
    public ScoreCalibrator All { get; }

    /// <summary>The calibrator of each segment; null if its payments are compared with all.</summary>
    public IReadOnlyList<ScoreCalibrator?> Own { get; }

    /// <summary>Fits on the scores of reference payments.</summary>
    /// <param name="scores">One score for each payment.</param>
    /// <param name="segmentOf">The segment of each payment.</param>
    /// <param name="segments">The number of segments, 1 or more; a single segment holds all payments.</param>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
    public static SegmentedCalibrator Fit(ReadOnlySpan<double> scores, ReadOnlySpan<int> segmentOf, int segments)
    {
        var own = new ScoreCalibrator?[segments];
        for (var segment = 0; segment < segments && segments > 1; segment++)
        {
            var ofSegment = new List<double>();
            for (var i = 0; i < scores.Length; i++)
            {
                if (segmentOf[i] == segment)
                {
                    ofSegment.Add(scores[i]);
                }
            }

            own[segment] = ofSegment.Count >= MinOfOwn ? ScoreCalibrator.Fit([.. ofSegment]) : null;
        }

        return new SegmentedCalibrator(ScoreCalibrator.Fit(scores), own);
    }

    /// <summary>-ln p of a score among the payments of its segment; see <see cref="ScoreCalibrator.NegativeLogP"/>.</summary>
    public double NegativeLogP(int segment, double score) => _used[segment].NegativeLogP(score);
}
