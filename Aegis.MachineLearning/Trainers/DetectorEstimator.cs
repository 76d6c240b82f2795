using Microsoft.ML;
using Microsoft.ML.Data;

namespace Aegis.MachineLearning.Trainers;

/// <summary>Fits a detector on a table's vector column, without labels.</summary>
/// <typeparam name="TTransformer">The fitted detector.</typeparam>
public abstract class DetectorEstimator<TTransformer> : IEstimator<TTransformer>
    where TTransformer : DetectorTransformer
{
    private const double MaxContamination = 0.5;

    /// <exception cref="ArgumentException">The contamination is out of range.</exception>
    private protected DetectorEstimator(string featureColumn, double contamination)
    {
        ArgumentNullException.ThrowIfNull(featureColumn);
        FeatureColumn = featureColumn;
        Contamination = contamination is >= 0 and <= MaxContamination
            ? contamination
            : throw new ArgumentException(
                FormattableString.Invariant($"contamination is '{contamination}'; allowed: 0 to {MaxContamination}."), nameof(
                    contamination));
    }

    /// <summary>The column to read: a vector of floats of a known length.</summary>
    public string FeatureColumn { get; }

    /// <summary>The share of training rows whose <c>PredictedLabel</c> is true; with 0 it never is.</summary>
    public double Contamination { get; }

    /// <summary>Receives the number of finished trees or passes, from any thread; null if nobody watches.</summary>
    public IProgress<int>? Progress { get; set; }

    /// <summary>Fits a detector on the rows in their order.</summary>
    /// <exception cref="ArgumentException">There are too few rows, the column is missing or holds something else, or an
    /// option is out of range.</exception>
    public TTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var rows = FeatureColumns.Read(input, FeatureColumn, out var columns);
        var fitted = Fit(rows, columns);
        if (Contamination == 0)
        {
            return fitted;
        }

        var scores = fitted.ScoreAll(rows);
        Array.Sort(scores);
        return WithThreshold(fitted, scores[Math.Min(scores.Length - 1, (int)Math.Floor(scores.Length * (1 - Contamination)))]);
    }

    /// <summary>The columns of the output: those of the input, <c>Score</c> and <c>PredictedLabel</c>, as for ML.NET's
    /// own anomaly detectors.</summary>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
        new MLContext().AnomalyDetection.Trainers.RandomizedPca(FeatureColumn).GetOutputSchema(inputSchema);

    private protected abstract TTransformer Fit(float[] rows, int columns);

    private protected abstract TTransformer WithThreshold(TTransformer fitted, double threshold);
}
