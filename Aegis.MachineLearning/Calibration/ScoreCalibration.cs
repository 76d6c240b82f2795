using Aegis.Core.Decisions;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.TailSums;

namespace Aegis.MachineLearning.Calibration;

/// <summary>Raw scores of reference payments, one of each detector.</summary>
/// <param name="Segment">See <see cref="SegmentNumbers.Of"/>.</param>
/// <param name="Forest">The forest's anomaly score.</param>
/// <param name="Autoencoder">The reconstruction error.</param>
/// <param name="TailSum">The tail sum.</param>
/// <param name="External">The score of the model that a user brought; minus infinity where there is none.</param>
public readonly record struct RawScores(
    int Segment, double Forest, double Autoencoder, double TailSum, double External = double.NegativeInfinity)
{
    /// <summary>Those of a payment that was assessed, under whatever calibration.</summary>
    public static RawScores Of(PaymentSegments segments, ReadOnlySpan<float> features, in Assessment assessment) =>
        new(segments.Of(features), assessment.ForestScore, assessment.AutoencoderScore, assessment.TailSum, assessment.ExternalScore
            ?? double.NegativeInfinity);
}

/// <summary>From the detectors' raw scores to a risk: each becomes -ln p among reference payments of its segment, they combine by weights,
/// and the combination becomes -ln p in the same way.</summary>
/// <param name="Segments">What payments are told apart by.</param>
/// <param name="Forest">Of the forest.</param>
/// <param name="Autoencoder">Of the autoencoder.</param>
/// <param name="TailSum">Of the tail sum.</param>
/// <param name="Fusion">How they combine.</param>
/// <param name="Fused">Of the combination.</param>
/// <param name="External">Of the model that a user brought; null where there is none or it does not decide.</param>
public sealed record ScoreCalibration(
    PaymentSegments Segments, SegmentedCalibrator Forest, SegmentedCalibrator Autoencoder, SegmentedCalibrator TailSum, ScoreFusion Fusion,
    SegmentedCalibrator Fused,
    SegmentedCalibrator? External = null)
{
    /// <summary>Fits on reference payments.</summary>
    /// <exception cref="ArgumentException">There is none, or a score is not a number.</exception>
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
        return new ScoreCalibration(segments, forest, autoencoder, tailSum, fusion, fused, external);

        SegmentedCalibrator FitTo(ReadOnlySpan<RawScores> all, Func<RawScores, double> score)
        {
            for (var i = 0; i < all.Length; i++)
            {
                scores[i] = score(all[i]);
            }

            return SegmentedCalibrator.Fit(scores, segmentOf, segments.Count());
        }
    }

    /// <summary>What raw scores say of a payment.</summary>
    public Assessment Assess(in RawScores raw)
    {
        var forest = Forest.NegativeLogP(raw.Segment, raw.Forest);
        var autoencoder = Autoencoder.NegativeLogP(raw.Segment, raw.Autoencoder);
        var tailSum = TailSum.NegativeLogP(raw.Segment, raw.TailSum);
        var external = External?.NegativeLogP(raw.Segment, raw.External) ?? 0;
        var risk = Fused.NegativeLogP(raw.Segment, Fusion.Combine(forest, autoencoder, tailSum, external));
        return new Assessment(
            raw.Forest, raw.Autoencoder, raw.TailSum, 1 - Math.Exp(-forest), 1 - Math.Exp(-autoencoder), 1 - Math.Exp(-tailSum), risk,
            double.IsFinite(raw.External) ? raw.External : null);
    }
}
