using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Trainers;

namespace Aegis.MachineLearning.External;

/// <summary>A model inside a bundle that somebody else made: an ONNX file, or a model that ML.NET saved. It reads the
/// raw feature vector and returns one number for each payment, higher if more suspicious.</summary>
/// <remarks>Any number of threads, each with its own scorer. The model is opened from bytes and tried on a block before
/// anybody relies on it.</remarks>
public sealed class ExternalModel
{
    private const int MaxNameLength = 100;
    private readonly IExternalRunner _runner;

    private ExternalModel(string name, byte[] bytes, IExternalRunner runner) => (Name, Bytes, _runner) = (name, bytes, runner);

    /// <summary>The model's name for people: the file's name.</summary>
    public string Name { get; }

    /// <summary>The file.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Opens a model and tries it.</summary>
    /// <param name="name">The model's name for people, 1 to 100 characters.</param>
    /// <param name="bytes">The .onnx or .zip file.</param>
    /// <exception cref="FraudModelFormatException">The file cannot be read, has other inputs or outputs, or returns no
    /// number; the message says which.</exception>
    public static ExternalModel Open(string name, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(bytes);
        if (name.Length is 0 or > MaxNameLength)
        {
            throw new FraudModelFormatException($"An external model's name has {name.Length} characters; allowed: 1 to {MaxNameLength}.");
        }

        // A zip archive begins with these letters; no other file accepted here does.
        var model = new ExternalModel(
            name, bytes, bytes.AsSpan().StartsWith("PK"u8) ? MlNetRunner.Open(name, bytes) : OnnxRunner.Open(name, bytes));
        model.Try();
        return model;
    }

    /// <summary>Makes a scorer of raw feature vectors, for one thread.</summary>
    public IBlockScorer CreateScorer() => new ExternalScorer(_runner.CreateRow(), _runner.RowsAtOnce);

    /// <summary>Scores two blocks: payments of all zeros, and of all ones.</summary>
    private void Try()
    {
        var features = new float[_runner.RowsAtOnce * FeatureSchema.Count];
        var scores = new double[_runner.RowsAtOnce];
        var row = Opening.Of(Name, "cannot be run", _runner.CreateRow);
        foreach (var value in (float[])[0, 1])
        {
            Array.Fill(features, value);
            Opening.Of(Name, "cannot score", () =>
            {
                row.Score(features, scores);
                return true;
            });
            if (Array.FindIndex(scores, score => !double.IsFinite(score)) is >= 0 and var wrong)
            {
                throw new FraudModelFormatException(
                    $"The model '{Name}' gives {scores[wrong]} for a payment whose features are all {value}; allowed: a number.");
            }
        }
    }
}
