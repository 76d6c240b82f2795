namespace Aegis.Training.Evaluating;

/// <summary>How the detectors rank the frauds of the days that were judged, and how two rules do that need no model.</summary>
/// <param name="Detectors">The detectors.</param>
/// <param name="Amount">The payment's amount.</param>
/// <param name="Velocity">The card's payments in the 24 hours before.</param>
internal sealed record RankedModels(PerDetector<EvaluationResult> Detectors, EvaluationResult Amount, EvaluationResult Velocity)
{
    /// <summary>All six in the order of a report.</summary>
    public IReadOnlyList<EvaluationResult> All =>
        [Detectors.Forest, Detectors.Autoencoder, Detectors.TailSum, Detectors.Fused, Amount, Velocity];
}
