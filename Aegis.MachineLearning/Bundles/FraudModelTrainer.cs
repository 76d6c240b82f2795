using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Calibration;
using Aegis.MachineLearning.External;
using Aegis.MachineLearning.Forests;
using Aegis.MachineLearning.Forests.Training;
using Aegis.MachineLearning.TailSums;
using Aegis.MachineLearning.Trainers;
using Microsoft.ML;

namespace Aegis.MachineLearning.Bundles;

/// <summary>The options for training a bundle.</summary>
public sealed record FraudModelTrainingOptions
{
    /// <summary>The features that the models read: one or more of the schema, each once.</summary>
    public IReadOnlyList<Feature> Inputs { get; init; } = FeatureSchema.DefaultInputs;

    /// <summary>The forest's options; its seed is <see cref="Seed"/>.</summary>
    public IsolationForestOptions Forest { get; init; } = new();

    /// <summary>The days in which a row becomes e times less likely to be in the forest's sample, above 0; null if all
    /// days count alike.</summary>
    public double? ForestDecayDays { get; init; }

    /// <summary>The autoencoder's options; its seed is <see cref="Seed"/>.</summary>
    public AutoencoderOptions Autoencoder { get; init; } = new();

    /// <summary>The share of rows that the autoencoder must not learn from: those most anomalous to the forest.</summary>
    public double AutoencoderTrim { get; init; } = 0.03;

    /// <summary>The largest number of rows that the autoencoder learns from. If there are more, it gets an even sample.</summary>
    public int AutoencoderRows { get; init; } = 60_000;

    /// <summary>The detectors' weights.</summary>
    public ScoreFusion Fusion { get; init; } = ScoreFusion.Default;

    /// <summary>A model that a user added; null if there is none. It decides if <see cref="Fusion"/> gives it a weight.</summary>
    public ExternalModel? External { get; init; }

    /// <summary>True for a view of their own for young cards, if enough of the rows are theirs.</summary>
    public bool HasYoungView { get; init; }

    /// <summary>How payments are divided before their scores are compared.</summary>
    public PaymentSegments Segments { get; init; }

    /// <summary>The alert budget.</summary>
    public AlertBudget Budget { get; init; } = new();

    /// <summary>Decides every random draw.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>Reports how far training has come.</summary>
/// <param name="Step">The present step.</param>
/// <param name="Share">The finished share of the step, 0 to 1.</param>
public readonly record struct TrainingProgress(string Step, double Share);

/// <summary>Trains a whole bundle: scaler, forest, autoencoder (on the rows that the forest finds normal), tail sum,
/// calibrators, thresholds. It uses no labels.</summary>
public static class FraudModelTrainer
{
    private const int MinRows = 100;

    // A sample as large as all rows would hold rows of every age alike. Each tree draws its own few rows from the sample.
    private const int RowsPerSampled = 4;
    private const int MaxSampled = 50_000;

    /// <summary>Trains a bundle on rows in time order.</summary>
    /// <exception cref="ArgumentException">There are fewer than 100 rows, or the forest would be larger than a bundle's
    /// may be.</exception>
    public static FraudModel Train(
        FeatureRows rows, FraudModelTrainingOptions options, CurrencyRates rates, int shardCount, string version,
        IReadOnlyDictionary<string, string> provenance, IProgress<TrainingProgress>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rates);
        if (rows.Count < MinRows)
        {
            throw new ArgumentException($"{rows.Count} training rows; allowed: {MinRows} or more.", nameof(rows));
        }

        ForestRules.Bundle.Check(options.Forest);
        var scaler = FeatureScaler.Fit(SeenInputs(options.Inputs, rows), rows.Features);
        var columns = scaler.InputCount;
        var inputs = scaler.EncodeAll(rows.Features);
        var trainers = new MLContext().AnomalyDetection.Trainers;
        var table = new FloatRows(inputs, columns);

        // The bundle's thresholds of risk decide what is flagged, not each detector's own.
        const double None = 0;
        var sample = options.ForestDecayDays is { } days ? new FloatRows(Faded(rows, inputs, columns, days, options.Seed), columns) : table;
        var forests = trainers.IsolationForest(options: options.Forest with { Seed = options.Seed }, contamination: None);
        forests.Progress = Report(progress, "isolation forest", options.Forest.Trees);
        var forest = forests.Fit(sample);
        var forestScores = forest.ScoreAll(inputs);

        var autoencoders = trainers.Autoencoder(options: options.Autoencoder with { Seed = options.Seed }, contamination: None);
        autoencoders.Progress = Report(progress, "autoencoder", options.Autoencoder.Epochs);
        var autoencoder = autoencoders.Fit(new FloatRows(NormalRows(inputs, columns, forestScores, options), columns));
        var autoencoderScores = autoencoder.ScoreAll(inputs);

        var tailSum = trainers.TailSum(options: new TailSumOptions { Directed = scaler.IsDirected }, contamination: None).Fit(table);
        var tailSums = tailSum.ScoreAll(inputs);

        var externalScores = Score(options.External, rows);
        var young = options.HasYoungView ? YoungCardTraining.Train(rows, options.Seed) : null;
        var youngLevels = YoungCardTraining.Levels(young, rows);
        RawScores[] raw = [.. Enumerable.Range(0, rows.Count).Select(
            row => new RawScores(
                options.Segments.Of(rows[row]), forestScores[row], autoencoderScores[row], tailSums[row], externalScores[row],
                youngLevels[row]))];
        var calibration = ScoreCalibration.Fit(options.Segments, raw, options.Fusion);
        var scored = Enumerable.Range(0, rows.Count).Select(row => (rows.Cards[row], rows.Days[row], calibration.Assess(raw[row]).Risk))
            .ToList();

        return new FraudModel
        {
            Version = version,
            Provenance = young is null ? provenance
                : new Dictionary<string, string>(provenance) { [YoungCardTraining.Fact] = YoungCardTraining.FactText },
            RatesVersion = rates.Version,
            ShardCount = shardCount,
            Scaler = scaler,
            Forest = forest,
            Autoencoder = autoencoder,
            TailSum = tailSum,
            Young = young,
            External = options.External,
            Calibration = calibration,
            Policy = DecisionPolicy.FromBudget(scored, options.Budget),
        };
    }

    /// <summary>The inputs without those that tell nothing in these rows; see <see cref="ModelRole.WhereSeen"/>.</summary>
    internal static List<Feature> SeenInputs(IReadOnlyList<Feature> inputs, FeatureRows rows) =>
        [.. inputs.Where(feature => FeatureSchema.Of(feature).Role != ModelRole.WhereSeen || rows.Varies(feature))];

    private static ReadOnlySpan<float> Row(float[] inputs, int columns, int row) => inputs.AsSpan(row * columns, columns);

    /// <summary>The scores of a model that a user added; minus infinity if it gives no number.</summary>
    private static double[] Score(ExternalModel? external, FeatureRows rows)
    {
        var scores = new double[rows.Count];
        external?.CreateScorer().Score(rows.Features, rows.Count, scores, []);
        foreach (ref var score in scores.AsSpan())
        {
            score = external is not null && double.IsFinite(score) ? score : double.NegativeInfinity;
        }

        return scores;
    }

    /// <summary>A sample in which newer days are more likely.</summary>
    private static float[] Faded(FeatureRows rows, float[] inputs, int columns, double decayDays, ulong seed)
    {
        var reservoir = new DecayingReservoir(
            Math.Clamp(rows.Count / RowsPerSampled, MinRows, MaxSampled), columns, TimeSpan.FromDays(decayDays), seed);
        for (var row = 0; row < rows.Count; row++)
        {
            reservoir.Add(Row(inputs, columns, row), new DateTimeOffset(
                DateOnly.FromDayNumber(rows.Days[row]), TimeOnly.MinValue, TimeSpan.Zero));
        }

        return reservoir.ToRows();
    }

    /// <summary>The rows that the forest finds normal, in time order. If they are too many, an even sample of them.</summary>
    private static float[] NormalRows(float[] inputs, int columns, double[] forestScores, FraudModelTrainingOptions options)
    {
        var sorted = forestScores.Order().ToArray();
        var limit = sorted[(int)((sorted.Length - 1) * (1 - options.AutoencoderTrim))];
        var normal = Enumerable.Range(0, forestScores.Length).Where(row => forestScores[row] <= limit).ToArray();
        if (normal.Length > options.AutoencoderRows)
        {
            var random = SeededRandom.For(options.Seed, 0x7a);
            var keep = options.AutoencoderRows / (double)normal.Length;
            normal = [.. normal.Where(_ => random.NextBool(keep))];
        }

        var kept = new float[normal.Length * columns];
        for (var i = 0; i < normal.Length; i++)
        {
            Array.Copy(inputs, normal[i] * columns, kept, i * columns, columns);
        }

        return kept;
    }

    private static StepProgress? Report(IProgress<TrainingProgress>? progress, string step, int total) =>
        progress is null ? null : new StepProgress(progress, step, total);

    private sealed class StepProgress(IProgress<TrainingProgress> progress, string step, int total) : IProgress<int>
    {
        public void Report(int value) => progress.Report(new TrainingProgress(step, value / (double)total));
    }
}
