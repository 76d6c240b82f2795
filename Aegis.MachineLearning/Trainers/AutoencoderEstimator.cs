using Aegis.MachineLearning.Autoencoders;

namespace Aegis.MachineLearning.Trainers;

/// <summary>Trains autoencoders; columns should be centred and scaled, and the last rows, which judge when to stop, be the
/// latest.</summary>
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
