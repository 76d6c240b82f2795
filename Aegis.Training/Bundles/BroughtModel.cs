using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.External;

namespace Aegis.Training.Bundles;

/// <summary>A model for a bundle that somebody else made: an ONNX file, or a model that ML.NET saved.</summary>
internal static class BroughtModel
{
    /// <summary>Adds the model to training options, if a file is named.</summary>
    /// <param name="options">The options without the model.</param>
    /// <param name="path">The file; null or empty for none.</param>
    /// <param name="weight">The model's weight beside the detectors, whose weights add up to 1.</param>
    /// <exception cref="ArgumentException">The model cannot be used, or there is a weight without a model.</exception>
    public static FraudModelTrainingOptions AddTo(FraudModelTrainingOptions options, string? path, double weight)
    {
        if (path is not { Length: > 0 } file)
        {
            return weight == 0 ? options : throw new ArgumentException($"--extern-weight is '{weight}' without --extern; allowed: both.");
        }

        return options with { External = Open(file), Fusion = options.Fusion with { ExternalWeight = weight } };
    }

    /// <summary>Opens the model that <c>--extern</c> names, and tries it.</summary>
    /// <exception cref="ArgumentException">The model cannot be used.</exception>
    public static ExternalModel Open(string path)
    {
        try
        {
            return ExternalModel.Open(Path.GetFileName(path), File.ReadAllBytes(path));
        }
        catch (FraudModelFormatException e)
        {
            throw new ArgumentException($"--extern is '{path}'. {e.Message}");
        }
    }
}
