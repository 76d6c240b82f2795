using System.CommandLine;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.External;

namespace Aegis.Training.Verbs;

/// <summary>The options that put a model of somebody else's making into a bundle.</summary>
internal static class BroughtModel
{
    /// <summary>The file.</summary>
    public static readonly Option<string?> File = new("--extern")
    {
        Description = "ONNX file or saved ML.NET model (.zip) that reads the raw feature vector; scores in shadow unless --extern-weight is above 0.",
    };

    /// <summary>Its weight beside the detectors', which add up to 1.</summary>
    public static readonly Option<double> Weight = Arguments.Number("--extern-weight", "Weight of --extern beside the detectors, whose weights add up to 1; 0: in shadow.", 0.0, 0, 100);

    /// <summary>Training options with the model where one was named.</summary>
    /// <exception cref="ArgumentException">It cannot be used, or a weight was given without one.</exception>
    public static FraudModelTrainingOptions AddTo(FraudModelTrainingOptions options, ParseResult parsed)
    {
        var weight = parsed.GetValue(Weight);
        if (parsed.GetValue(File) is not { Length: > 0 } file)
        {
            return weight == 0 ? options : throw new ArgumentException($"--extern-weight is '{weight}' without --extern; allowed: both.");
        }

        return options with { External = Open("--extern", file), Fusion = options.Fusion with { ExternalWeight = weight } };
    }

    /// <exception cref="ArgumentException">It cannot be used.</exception>
    public static ExternalModel Open(string option, string file)
    {
        try
        {
            return ExternalModel.Open(Path.GetFileName(file), System.IO.File.ReadAllBytes(file));
        }
        catch (FraudModelFormatException e)
        {
            throw new ArgumentException($"{option} is '{file}'. {e.Message}");
        }
    }
}
