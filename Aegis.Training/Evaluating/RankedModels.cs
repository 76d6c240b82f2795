namespace Aegis.Training.Evaluating;

/// <summary>How the detectors, and two rules without a model, rank the frauds of the judged days.</summary>
/// <param name="Detectors">The detectors.</param>
/// <param name="Amount">The ranking by the payment's amount.</param>
/// <param name="Velocity">The ranking by the card's payments in the 24 hours before.</param>
internal sealed record RankedModels(PerDetector<EvaluationResult> Detectors, EvaluationResult Amount, EvaluationResult Velocity)
{
    /// <summary>All six, in the order of a report.</summary>
    public IReadOnlyList<EvaluationResult> All =>
        [Detectors.Forest, Detectors.Autoencoder, Detectors.TailSum, Detectors.Fused, Amount, Velocity];
}
