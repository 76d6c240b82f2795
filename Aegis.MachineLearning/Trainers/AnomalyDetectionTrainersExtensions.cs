using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.TailSums;
using Aegis.MachineLearning.Trainers;

// Where ML.NET's own trainers are found: nobody has to know another namespace.
namespace Microsoft.ML;

/// <summary>Aegis' detectors beside ML.NET's own, at <c>mlContext.AnomalyDetection.Trainers</c>.</summary>
public static class AnomalyDetectionTrainersExtensions
{
    /// <summary>An isolation forest.</summary>
    /// <param name="trainers">Where ML.NET keeps its own.</param>
    /// <param name="featureColumnName">A vector of floats of a known length.</param>
    /// <param name="options">Trees, subsamples, seed; the defaults where null.</param>
    /// <param name="contamination">The share of training rows that is predicted to be anomalous, 0 to 0.5.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static IsolationForestEstimator IsolationForest(
        this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, string featureColumnName = "Features",
        IsolationForestOptions? options = null, double contamination = 0.01) =>
        new(featureColumnName, options ?? new IsolationForestOptions(), contamination);

    /// <summary>An autoencoder.</summary>
    /// <param name="trainers">Where ML.NET keeps its own.</param>
    /// <param name="featureColumnName">A vector of floats of a known length.</param>
    /// <param name="options">Shape, training, seed; the defaults where null.</param>
    /// <param name="contamination">The share of training rows that is predicted to be anomalous, 0 to 0.5.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static AutoencoderEstimator Autoencoder(
        this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, string featureColumnName = "Features",
        AutoencoderOptions? options = null, double contamination = 0.01) =>
        new(featureColumnName, options ?? new AutoencoderOptions(), contamination);

    /// <summary>A sum of tail probabilities.</summary>
    /// <param name="trainers">Where ML.NET keeps its own.</param>
    /// <param name="featureColumnName">A vector of floats of a known length.</param>
    /// <param name="options">Which columns have one suspicious side; the defaults where null.</param>
    /// <param name="contamination">The share of training rows that is predicted to be anomalous, 0 to 0.5.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static TailSumEstimator TailSum(
        this AnomalyDetectionCatalog.AnomalyDetectionTrainers trainers, string featureColumnName = "Features",
        TailSumOptions? options = null, double contamination = 0.01) =>
        new(featureColumnName, options ?? new TailSumOptions(), contamination);
}
