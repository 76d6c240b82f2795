using Aegis.MachineLearning.TailSums;

namespace Aegis.MachineLearning.Trainers;

/// <summary>Fits tail sums (ECOD; Li et al. 2022).</summary>
public sealed class TailSumEstimator : DetectorEstimator<TailSumTransformer>
{
    private readonly TailSumOptions _options;

    internal TailSumEstimator(string featureColumn, TailSumOptions options, double contamination)
        : base(featureColumn, contamination) => _options = options;

    private protected override TailSumTransformer Fit(float[] rows, int columns)
    {
        var directed = _options.Directed ?? new bool[columns];
        return directed.Count == columns
            ? new TailSumTransformer(TailSum.Fit(rows, directed), FeatureColumn)
            : throw new ArgumentException(
                $"{nameof(TailSumOptions.Directed)} has {directed.Count} values; allowed: {columns}, one a column.");
    }

    private protected override TailSumTransformer WithThreshold(TailSumTransformer fitted, double threshold) =>
        new(fitted.TailSum, FeatureColumn, threshold);
}
