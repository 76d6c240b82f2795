using Aegis.Core.Decisions;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.TailSums;

namespace Aegis.MachineLearning.Calibration;

/// <summary>The raw scores of a reference payment, one from each detector.</summary>
/// <param name="Segment">See <see cref="SegmentNumbers.Of"/>.</param>
/// <param name="Forest">The forest's anomaly score.</param>
/// <param name="Autoencoder">The reconstruction error.</param>
/// <param name="TailSum">The tail sum.</param>
/// <param name="External">The score of the model that a user added; minus infinity if there is none.</param>
/// <param name="Young">The level of the view for young cards, 0 or more; 0 for other cards, or without a view.</param>
public readonly record struct RawScores(
    int Segment, double Forest, double Autoencoder, double TailSum, double External = double.NegativeInfinity, double Young = 0)
{
    /// <summary>The raw scores of a payment that was assessed, under any calibration, without the view for young cards.</summary>
    public static RawScores Of(PaymentSegments segments, ReadOnlySpan<float> features, in Assessment assessment) =>
        new(segments.Of(features), assessment.ForestScore, assessment.AutoencoderScore, assessment.TailSum, assessment.ExternalScore
            ?? double.NegativeInfinity);
}

/// <summary>Turns the detectors' raw scores into a risk. Each score becomes -ln p among the reference payments of its
/// segment. The weights combine them, and the combination becomes -ln p in the same way.</summary>
/// <param name="Segments">How payments are divided.</param>
/// <param name="Forest">The calibrator of the forest.</param>
/// <param name="Autoencoder">The calibrator of the autoencoder.</param>
/// <param name="TailSum">The calibrator of the tail sum.</param>
/// <param name="Fusion">The weights that combine them.</param>
/// <param name="Fused">The calibrator of the combination.</param>
/// <param name="External">The calibrator of the model that a user added; null if there is none or it does not decide.</param>
/// <param name="Joint">The calibrator of the larger of the combination and the young cards' view; null if there is no view.</param>
public sealed record ScoreCalibration(
    PaymentSegments Segments, SegmentedCalibrator Forest, SegmentedCalibrator Autoencoder, SegmentedCalibrator TailSum, ScoreFusion Fusion,
    SegmentedCalibrator Fused,
    SegmentedCalibrator? External = null, ScoreCalibrator? Joint = null)
{
    /// <summary>Fits on reference payments.</summary>
    /// <exception cref="ArgumentException">There are no payments, or a score is NaN.</exception>
    public static ScoreCalibration Fit(PaymentSegments segments, ReadOnlySpan<RawScores> reference, ScoreFusion fusion)
    {
        var segmentOf = new int[reference.Length];
        var scores = new double[reference.Length];
        for (var i = 0; i < reference.Length; i++)
        {
            segmentOf[i] = reference[i].Segment;
        }

        var forest = FitTo(reference, static raw => raw.Forest);
        var autoencoder = FitTo(reference, static raw => raw.Autoencoder);
        var tailSum = FitTo(reference, static raw => raw.TailSum);
        var external = fusion.ExternalWeight > 0 ? FitTo(reference, static raw => raw.External) : null;
        var fused = FitTo(reference, raw => fusion.Combine(
            forest.NegativeLogP(raw.Segment, raw.Forest), autoencoder.NegativeLogP(raw.Segment, raw.Autoencoder), tailSum.NegativeLogP(
                raw.Segment, raw.TailSum),
            external?.NegativeLogP(raw.Segment, raw.External) ?? 0));
        var calibration = new ScoreCalibration(segments, forest, autoencoder, tailSum, fusion, fused, external);
        return calibration with { Joint = FitJoint(calibration, reference) };

        SegmentedCalibrator FitTo(ReadOnlySpan<RawScores> all, Func<RawScores, double> score)
        {
            for (var i = 0; i < all.Length; i++)
            {
                scores[i] = score(all[i]);
            }

            return SegmentedCalibrator.Fit(scores, segmentOf, segments.Count());
        }
    }

    /// <summary>Assesses a payment by its raw scores.</summary>
    public Assessment Assess(in RawScores raw)
    {
        var forest = Forest.NegativeLogP(raw.Segment, raw.Forest);
        var autoencoder = Autoencoder.NegativeLogP(raw.Segment, raw.Autoencoder);
        var tailSum = TailSum.NegativeLogP(raw.Segment, raw.TailSum);
        var external = External?.NegativeLogP(raw.Segment, raw.External) ?? 0;
        var fused = Fused.NegativeLogP(raw.Segment, Fusion.Combine(forest, autoencoder, tailSum, external));
        var risk = Joint is null ? fused : Joint.NegativeLogP(Math.Max(fused, raw.Young));
        return new Assessment(
            raw.Forest, raw.Autoencoder, raw.TailSum, 1 - Math.Exp(-forest), 1 - Math.Exp(-autoencoder), 1 - Math.Exp(-tailSum), risk,
            double.IsFinite(raw.External) ? raw.External : null);
    }

    /// <summary>True if the view for young cards decides the risk, and not the other detectors.</summary>
    public bool IsByYoungView(in RawScores raw) => raw.Young > 0 && (this with { Joint = null }).Assess(raw).Risk < raw.Young;

    private static ScoreCalibrator? FitJoint(ScoreCalibration calibration, ReadOnlySpan<RawScores> reference)
    {
        var levels = new double[reference.Length];
        var hasYoung = false;
        for (var i = 0; i < levels.Length; i++)
        {
            levels[i] = Math.Max(calibration.Assess(reference[i]).Risk, reference[i].Young);
            hasYoung |= reference[i].Young > 0;
        }

        return hasYoung ? ScoreCalibrator.Fit(levels) : null;
    }
}
