namespace Aegis.MachineLearning.Calibration;

/// <summary>-ln p of a score as the body of the reference scores suggests it. Beyond the 95th percentile it rises on as
/// steeply as from the 75th to there, as if the tail were exponential.</summary>
/// <remarks>
/// By rank, the highest scores of all detectors have the same level, whatever they found. Here a detector with rows far
/// beyond what its ordinary rows lead one to expect gives them high levels, and one that has merely a highest row does
/// not. So the levels of detectors can be compared without labels.
/// </remarks>
public sealed class BodyLevel
{
    private const double LowShare = 0.75;
    private const double JointShare = 0.95;

    private readonly ScoreCalibrator _calibrator;
    private readonly double _joint;
    private readonly double _jointLevel;
    private readonly double _slope;

    private BodyLevel(ScoreCalibrator calibrator, double joint, double slope)
    {
        (_calibrator, _joint, _slope) = (calibrator, joint, slope);
        _jointLevel = calibrator.NegativeLogP(joint);
    }

    /// <summary>Fits on the scores of reference rows.</summary>
    /// <exception cref="ArgumentException">There are no scores, or one is NaN.</exception>
    public static BodyLevel Fit(ReadOnlySpan<double> reference)
    {
        var calibrator = ScoreCalibrator.Fit(reference);
        var sorted = reference.ToArray();
        Array.Sort(sorted);
        var (low, joint) = (At(LowShare), At(JointShare));
        // Where a fifth of the scores are the same, nothing tells how steep the tail would be.
        return joint > low
            ? new BodyLevel(calibrator, joint, Math.Log((1 - LowShare) / (1 - JointShare)) / (joint - low))
            : new BodyLevel(calibrator, double.PositiveInfinity, 0);

        double At(double share) => Math.Clamp(
            sorted[(int)(share * (sorted.Length - 1))], -ScoreCalibrator.MaxScore, ScoreCalibrator.MaxScore);
    }

    /// <summary>-ln p of a score; 0 for the lowest and for NaN, finite for any score.</summary>
    public double Of(double score) => score > _joint
        ? Math.Min(_jointLevel + (_slope * (Math.Min(score, ScoreCalibrator.MaxScore) - _joint)), ScoreCalibrator.MaxScore)
        : _calibrator.NegativeLogP(score);
}
