using Aegis.MachineLearning.Autoencoders;

namespace Aegis.MachineLearning.Trainers;

/// <summary>Trains autoencoders. Columns should be centred and scaled. The last rows should be the latest, because they
/// decide when to stop.</summary>
public sealed class AutoencoderEstimator : DetectorEstimator<AutoencoderTransformer>
{
    private readonly AutoencoderOptions _options;

    internal AutoencoderEstimator(string featureColumn, AutoencoderOptions options, double contamination)
        : base(featureColumn, contamination)
    {
        options.Check();
        _options = options;
    }

    private protected override AutoencoderTransformer Fit(float[] rows, int columns) =>
        new(AutoencoderTrainer.Train(rows, columns, _options, Progress), FeatureColumn);

    private protected override AutoencoderTransformer WithThreshold(AutoencoderTransformer fitted, double threshold) =>
        new(fitted.Autoencoder, FeatureColumn, threshold);
}
