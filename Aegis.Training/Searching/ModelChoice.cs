using System.Text.Json;
using System.Text.Json.Serialization;
using Aegis.Core.Decisions;
using Aegis.Core.Faults;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Forests;

namespace Aegis.Training.Searching;

/// <summary>What a replay may choose: the models' inputs, the forest's shape, the detectors' weights. Written and read as JSON.</summary>
internal sealed record ModelChoice
{
    private const double MaxDecayDays = 10_000;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter<PaymentSegments>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly FeatureDefinition[] RiskInputs =
        [.. FeatureSchema.All.Where(f => f.Name.StartsWith("merchant_risk", StringComparison.Ordinal))];

    /// <summary>The days that it was chosen on; null if no replay chose it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChosenOn { get; init; }

    /// <summary>The names of the features that the models read.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [.. FeatureSchema.DefaultInputs.Select(f => FeatureSchema.Of(f).Name)];

    /// <summary>The number of trees of the forest.</summary>
    public int Trees { get; init; } = new IsolationForestOptions().Trees;

    /// <summary>Subsample sizes, dealt to the trees in turn.</summary>
    public IReadOnlyList<int> Subsamples { get; init; } = new IsolationForestOptions().SubsampleSizes;

    /// <summary>Columns that a split of the forest combines, 1 to 64: 1 for plain splits, more for hyperplanes.</summary>
    public int ColumnsPerSplit { get; init; } = 1;

    /// <summary>The days in which a payment becomes e times less likely to be in the forest's sample; null if all days
    /// count alike.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ForestDecayDays { get; init; }

    /// <summary>The autoencoder's weight in the fusion, 0 to 1; the forest has the rest.</summary>
    public double AutoencoderWeight { get; init; } = ScoreFusion.Default.AutoencoderWeight;

    /// <summary>The tail sum's weight in the fusion, 0 to 1.</summary>
    public double TailSumWeight { get; init; } = ScoreFusion.Default.TailSumWeight;

    /// <summary>How payments are divided before their scores are compared.</summary>
    /// <remarks>JSON has <c>none</c>, <c>channel</c>, <c>age</c> or <c>channelAndAge</c>.</remarks>
    public PaymentSegments Segments { get; init; }

    /// <summary>The choice if none is asked for.</summary>
    /// <returns>
    /// For a built-in map, the choice made on that stream's earlier days. Otherwise the shipped inputs; if labels feed
    /// features, also the merchant's fraud rates.
    /// </returns>
    /// <param name="map">The name of a built-in map, or anything else.</param>
    /// <param name="feedsLabels">True if labels feed features.</param>
    public static ModelChoice For(string map, bool feedsLabels)
    {
        using var shipped = typeof(ModelChoice).Assembly.GetManifestResourceStream($"{map}-{(feedsLabels ? "on" : "off")}");
        var usual = new ModelChoice();
        return shipped is not null ? JsonSerializer.Deserialize<ModelChoice>(shipped, Json)!
            : feedsLabels ? usual with { Inputs = [.. usual.Inputs, .. RiskInputs.Select(f => f.Name)] }
            : usual;
    }

    /// <summary>Reads a choice.</summary>
    /// <param name="path">A file, or <c>simulated</c> for the choice made on payments of the simulator.</param>
    /// <exception cref="ArgumentException">The file is not such JSON, or names an unknown feature.</exception>
    public static ModelChoice Read(string path)
    {
        if (path == "simulated")
        {
            return For(path, feedsLabels: false);
        }

        try
        {
            var choice = JsonSerializer.Deserialize<ModelChoice>(File.ReadAllText(path), Json)
                ?? throw new ArgumentException($"{path} is empty; allowed: a JSON object.");
            _ = choice.ToOptions(seed: 1, new AlertBudget());
            return choice;
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{path} cannot be read: {FaultMessage.Of(e)}.", e);
        }
    }

    /// <summary>Writes the choice.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, Json) + "\n");

    /// <summary>The choice as training takes it.</summary>
    /// <exception cref="ArgumentException">A feature is unknown, or a weight or another value is out of range.</exception>
    public FraudModelTrainingOptions ToOptions(ulong seed, AlertBudget budget) => new()
    {
        Inputs = [.. Inputs.Select(FeatureSchema.Named)],
        Forest = ColumnsPerSplit is >= 1 and <= IsolationForestOptions.MaxColumnsPerSplit
            ? new IsolationForestOptions { Trees = Trees, SubsampleSizes = Subsamples, ColumnsPerSplit = ColumnsPerSplit }
            : throw new ArgumentException(
                $"columnsPerSplit is '{ColumnsPerSplit}'; allowed: 1 to {IsolationForestOptions.MaxColumnsPerSplit}."),
        ForestDecayDays = ForestDecayDays is null or (> 0 and <= MaxDecayDays) ? ForestDecayDays
            : throw new ArgumentException($"forestDecayDays is '{ForestDecayDays}'; allowed: above 0, at most {MaxDecayDays:N0}."),
        Segments = Segments,
        Fusion = AutoencoderWeight >= 0 && TailSumWeight >= 0 && AutoencoderWeight + TailSumWeight <= 1
            ? new ScoreFusion(1 - AutoencoderWeight - TailSumWeight, AutoencoderWeight, TailSumWeight)
            : throw new ArgumentException(
                $"autoencoderWeight is '{AutoencoderWeight}' and tailSumWeight '{TailSumWeight}'; "
                + "allowed: 0 to 1, and together at most 1."),
        Budget = budget,
        Seed = seed,
    };
}
