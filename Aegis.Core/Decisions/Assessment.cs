namespace Aegis.Core.Decisions;

/// <summary>The scores of one payment.</summary>
/// <param name="ForestScore">The forest's anomaly score, 0 to 1.</param>
/// <param name="AutoencoderScore">The weighted reconstruction error, about 1 where ordinary.</param>
/// <param name="TailSum">The sum over inputs of -ln of their tail probability, 0 or more.</param>
/// <param name="ForestPercentile">Share of training payments with a lower forest score, 0 to 1.</param>
/// <param name="AutoencoderPercentile">Share of training payments with a lower reconstruction error, 0 to 1.</param>
/// <param name="TailSumPercentile">Share of training payments with a lower tail sum, 0 to 1.</param>
/// <param name="Risk">The fused -ln p, itself calibrated: what thresholds and ranking use.</param>
/// <param name="ExternalScore">The score of the model that a user brought, as it gave it; null where there is none, or it gave no
/// number.</param>
public readonly record struct Assessment(
    double ForestScore, double AutoencoderScore, double TailSum, double ForestPercentile, double AutoencoderPercentile,
    double TailSumPercentile, double Risk,
    double? ExternalScore = null)
{
    /// <summary>The share of training payments that looked less risky, times 1,000: a percentile, not a probability.</summary>
    public double Score => 1000 * (1 - Math.Exp(-Risk));
}
