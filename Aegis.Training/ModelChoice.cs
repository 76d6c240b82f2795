using System.Text.Json;
using System.Text.Json.Serialization;
using Aegis.Core.Decisions;
using Aegis.Core.Detection;
using Aegis.Core.Features;
using Aegis.Core.Forests;

namespace Aegis.Training;

/// <summary>What a replay may choose: the models' inputs, the forest's shape, the detectors' weights. Written and read as JSON.</summary>
internal sealed record ModelChoice
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, WriteIndented = true,
    };

    /// <summary>Names of the features that the models read.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [.. FeatureSchema.DefaultInputs.Select(f => FeatureSchema.Of(f).Name)];

    /// <summary>Trees of the forest.</summary>
    public int Trees { get; init; } = new IsolationForestOptions().Trees;

    /// <summary>Subsample sizes, dealt to the trees in turn.</summary>
    public IReadOnlyList<int> Subsamples { get; init; } = new IsolationForestOptions().SubsampleSizes;

    /// <summary>The autoencoder's weight in the fusion, 0 to 1; the forest has the rest.</summary>
    public double AutoencoderWeight { get; init; } = ScoreFusion.Default.AutoencoderWeight;

    /// <summary>Reads a choice.</summary>
    /// <exception cref="ArgumentException">The file is no such JSON, or names an unknown feature.</exception>
    public static ModelChoice Read(string path)
    {
        try
        {
            var choice = JsonSerializer.Deserialize<ModelChoice>(File.ReadAllText(path), Json) ?? throw new ArgumentException($"{path} is empty; allowed: a JSON object.");
            _ = choice.ToOptions(seed: 1, new AlertBudget());
            return choice;
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Writes the choice.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>As training takes it.</summary>
    /// <exception cref="ArgumentException">A feature is unknown, or the weight is out of range.</exception>
    public FraudModelTrainingOptions ToOptions(ulong seed, AlertBudget budget) => new()
    {
        Inputs = [.. Inputs.Select(FeatureSchema.Named)],
        Forest = new IsolationForestOptions { Trees = Trees, SubsampleSizes = Subsamples },
        Fusion = AutoencoderWeight is >= 0 and <= 1
            ? new ScoreFusion(1 - AutoencoderWeight, AutoencoderWeight)
            : throw new ArgumentException($"autoencoderWeight is '{AutoencoderWeight}'; allowed: 0 to 1."),
        Budget = budget,
        Seed = seed,
    };
}
