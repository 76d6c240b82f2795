namespace Aegis.MachineLearning.Calibration;

/// <summary>A detector's calibration: one for all payments, and one for each segment whose reference is large enough.</summary>
public sealed class SegmentedCalibrator
{
    /// <summary>A segment with fewer reference scores is compared with all payments: its own tail would be guesswork.</summary>
    public const int MinOfOwn = 1_000;

    private readonly ScoreCalibrator[] _used;

    /// <param name="all">Of all payments.</param>
    /// <param name="own">Of each segment; null where its payments are compared with all.</param>
    public SegmentedCalibrator(ScoreCalibrator all, IReadOnlyList<ScoreCalibrator?> own)
    {
        (All, Own) = (all, own);
        _used = [.. own.Select(calibrator => calibrator ?? all)];
    }

    /// <summary>Of all payments.</summary>
    public ScoreCalibrator All { get; }

    /// <summary>Of each segment; null where its payments are compared with all.</summary>
    public IReadOnlyList<ScoreCalibrator?> Own { get; }

    /// <summary>Fits on the scores of reference payments.</summary>
    /// <param name="scores">One score per payment.</param>
    /// <param name="segmentOf">Its segment.</param>
    /// <param name="segments">How many segments there are, 1 or more; one segment is all payments.</param>
    /// <exception cref="ArgumentException">There is no score, or one is not a number.</exception>
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

    /// <summary>-ln p of a score among payments of its segment; see <see cref="ScoreCalibrator.NegativeLogP"/>.</summary>
    public double NegativeLogP(int segment, double score) => _used[segment].NegativeLogP(score);
}
