namespace Aegis.Core.Decisions;

/// <summary>The scores of one payment.</summary>
/// <param name="ForestScore">The forest's anomaly score, 0 to 1.</param>
/// <param name="AutoencoderScore">The weighted reconstruction error, about 1 for an ordinary payment.</param>
/// <param name="TailSum">The sum over inputs of -ln of their tail probability, 0 or more.</param>
/// <param name="ForestPercentile">The share of training payments with a lower forest score, 0 to 1.</param>
/// <param name="AutoencoderPercentile">The share of training payments with a lower reconstruction error, 0 to 1.</param>
/// <param name="TailSumPercentile">The share of training payments with a lower tail sum, 0 to 1.</param>
/// <param name="Risk">The fused -ln p, itself calibrated. Thresholds and ranking use it.</param>
/// <param name="ExternalScore">The raw score of the model that a user added; null if there is none, or it gave no number.</param>
public readonly record struct Assessment(
    double ForestScore, double AutoencoderScore, double TailSum, double ForestPercentile, double AutoencoderPercentile,
    double TailSumPercentile, double Risk,
    double? ExternalScore = null)
{
    /// <summary>The share of training payments that looked less risky, times 1,000: a percentile, not a probability.</summary>
    public double Score => ScoreOf(Risk);

    /// <summary>The <see cref="Score"/> of a risk.</summary>
    public static double ScoreOf(double risk) => 1000 * (1 - Math.Exp(-risk));
}
