using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.TailSums;
using Aegis.MachineLearning.Trainers;

// In ML.NET's own namespace, so that nobody needs to know another one.
namespace Microsoft.ML;

/// <summary>Aegis' detectors beside ML.NET's own, at <c>mlContext.AnomalyDetection.Trainers</c>.</summary>
public static class AnomalyDetectionTrainersExtensions
{
    /// <summary>An isolation forest.</summary>
    /// <param name="trainers">The catalogue of ML.NET's own trainers.</param>
    /// <param name="featureColumnName">The name of a column of float vectors of a known length.</param>
    /// <param name="options">Trees, subsamples, seed; null for the defaults.</param>
    /// <param name="contamination">The share of training rows that is predicted to be anomalous, 0 to 0.5.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IsolationForestEstimator IsolationForest(
        this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, string featureColumnName = "Features",
        IsolationForestOptions? options = null, double contamination = 0.01) =>
        new(featureColumnName, options ?? new IsolationForestOptions(), contamination);

    /// <summary>An autoencoder.</summary>
    /// <param name="trainers">The catalogue of ML.NET's own trainers.</param>
    /// <param name="featureColumnName">The name of a column of float vectors of a known length.</param>
    /// <param name="options">Shape, training, seed; null for the defaults.</param>
    /// <param name="contamination">The share of training rows that is predicted to be anomalous, 0 to 0.5.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static AutoencoderEstimator Autoencoder(
        this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, string featureColumnName = "Features",
        AutoencoderOptions? options = null, double contamination = 0.01) =>
        new(featureColumnName, options ?? new AutoencoderOptions(), contamination);

    /// <summary>A sum of tail probabilities.</summary>
    /// <param name="trainers">The catalogue of ML.NET's own trainers.</param>
    /// <param name="featureColumnName">The name of a column of float vectors of a known length.</param>
    /// <param name="options">The columns with one suspicious side; null for the defaults.</param>
    /// <param name="contamination">The share of training rows that is predicted to be anomalous, 0 to 0.5.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static TailSumEstimator TailSum(
        this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, string featureColumnName = "Features",
        TailSumOptions? options = null, double contamination = 0.01) =>
        new(featureColumnName, options ?? new TailSumOptions(), contamination);
}
