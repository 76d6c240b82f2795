using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;

namespace Aegis.MachineLearning.Trainers;

/// <summary>Grows isolation forests (Liu, Ting, Zhou 2008), also extended ones. NaN counts as a missing value.</summary>
public sealed class IsolationForestEstimator : DetectorEstimator<IsolationForestTransformer>
{
    private readonly IsolationForestOptions _options;

    internal IsolationForestEstimator(string featureColumn, IsolationForestOptions options, double contamination)
        : base(featureColumn, contamination)
    {
        options.Check();
        _options = options;
    }

    private protected override IsolationForestTransformer Fit(float[] rows, int columns) =>
        new(IsolationForestTrainer.Train(rows, columns, _options, Progress), columns, FeatureColumn);

    private protected override IsolationForestTransformer WithThreshold(IsolationForestTransformer fitted, double threshold) =>
        new(fitted.Forest, fitted.Columns, FeatureColumn, threshold);
}
