using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Aegis.Core.Decisions;
using Aegis.Core.Faults;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.Forests;

namespace Aegis.MachineLearning.Choices;

/// <summary>What a replay may choose: the models' inputs, the forest's shape, the detectors' weights. Written and read as JSON.</summary>
public sealed record ModelChoice
{
    /// <summary>The name of the choice for streams that nobody tuned for.</summary>
    public const string DefaultName = "default";

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

    /// <summary>The names of the shipped choices.</summary>
    public static IReadOnlyList<string> ShippedNames { get; } = [DefaultName, "handbook", "sparkov", "simulated"];

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

    /// <summary>True for a view of their own for cards with fewer than five payments.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool YoungView { get; init; }

    /// <summary>Its name: that of a shipped choice, <c>default</c>, or the file it was read from.</summary>
    [JsonIgnore]
    public string Name { get; init; } = DefaultName;

    /// <summary>A shipped choice; null if there is none of this name.</summary>
    /// <returns>
    /// For a stream, the choice made on its earlier days. For <c>default</c> the default inputs; if labels feed
    /// features, also the merchant's fraud rates.
    /// </returns>
    /// <param name="name">One of <see cref="ShippedNames"/>.</param>
    /// <param name="feedsLabels">True if labels feed features. A stream without a choice for that has one without labels.</param>
    public static ModelChoice? Named(string name, bool feedsLabels)
    {
        using var shipped = (feedsLabels ? Shipped(name, "on") : null) ?? Shipped(name, "off");
        var choice = shipped is null ? null : JsonSerializer.Deserialize<ModelChoice>(shipped, Json)! with { Name = name };
        return choice is not null && feedsLabels && name == DefaultName
            ? choice with { Inputs = [.. choice.Inputs, .. RiskInputs.Select(f => f.Name)] }
            : choice;
    }

    /// <summary>Reads a choice.</summary>
    /// <param name="nameOrPath">One of <see cref="ShippedNames"/>, or a file.</param>
    /// <exception cref="ArgumentException">The file is not such JSON, or names an unknown feature.</exception>
    public static ModelChoice Read(string nameOrPath)
    {
        if (Named(nameOrPath, feedsLabels: false) is { } shipped)
        {
            return shipped;
        }

        if (!File.Exists(nameOrPath))
        {
            throw new ArgumentException(
                $"The choice is '{nameOrPath}'; allowed: {string.Join(", ", ShippedNames)}, or the path of a JSON file.");
        }

        try
        {
            var choice = JsonSerializer.Deserialize<ModelChoice>(File.ReadAllText(nameOrPath), Json)
                ?? throw new ArgumentException($"{nameOrPath} is empty; allowed: a JSON object.");
            _ = choice.ToOptions(seed: 1, new AlertBudget());
            return choice with { Name = Path.GetFileName(nameOrPath) };
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"{nameOrPath} cannot be read: {FaultMessage.Of(e)}.", e);
        }
    }

    /// <summary>The first eight bytes of a SHA-256 over what the choice says, in lower-case hexadecimal.</summary>
    public string Fingerprint() =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, Json)).AsSpan(0, sizeof(long)));

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
        HasYoungView = YoungView,
        Fusion = AutoencoderWeight >= 0 && TailSumWeight >= 0 && AutoencoderWeight + TailSumWeight <= 1
            ? new ScoreFusion(1 - AutoencoderWeight - TailSumWeight, AutoencoderWeight, TailSumWeight)
            : throw new ArgumentException(
                $"autoencoderWeight is '{AutoencoderWeight}' and tailSumWeight '{TailSumWeight}'; "
                + "allowed: 0 to 1, and together at most 1."),
        Budget = budget,
        Seed = seed,
    };

    private static Stream? Shipped(string name, string labels) =>
        typeof(ModelChoice).Assembly.GetManifestResourceStream($"{name}-{labels}");
}
