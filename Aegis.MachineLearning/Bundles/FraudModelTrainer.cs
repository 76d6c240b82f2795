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

/// <summary>How a bundle is trained.</summary>
public sealed record FraudModelTrainingOptions
{
    /// <summary>What the models read: one feature of the schema or more, each once.</summary>
    public IReadOnlyList<Feature> Inputs { get; init; } = FeatureSchema.DefaultInputs;

    /// <summary>The forest's options; its seed is <see cref="Seed"/>.</summary>
    public IsolationForestOptions Forest { get; init; } = new();

    /// <summary>Days after which a row is e times less likely to be in the forest's sample, above 0; null where all days count
    /// alike.</summary>
    public double? ForestDecayDays { get; init; }

    /// <summary>The autoencoder's options; its seed is <see cref="Seed"/>.</summary>
    public AutoencoderOptions Autoencoder { get; init; } = new();

    /// <summary>The share of rows, most anomalous to the forest, that the autoencoder must not learn from.</summary>
    public double AutoencoderTrim { get; init; } = 0.03;

    /// <summary>The most rows the autoencoder learns from; an even sample is taken of more.</summary>
    public int AutoencoderRows { get; init; } = 60_000;

    /// <summary>Detector weights.</summary>
    public ScoreFusion Fusion { get; init; } = ScoreFusion.Default;

    /// <summary>A model that a user brought; it decides where <see cref="Fusion"/> gives it a weight. Null where there is none.</summary>
    public ExternalModel? External { get; init; }

    /// <summary>What payments are told apart by before their scores are compared.</summary>
    public PaymentSegments Segments { get; init; }

    /// <summary>Alert budget.</summary>
    public AlertBudget Budget { get; init; } = new();

    /// <summary>Decides everything drawn.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>Told how far training has come.</summary>
/// <param name="Step">What is being done.</param>
/// <param name="Share">Done of it, 0 to 1.</param>
public readonly record struct TrainingProgress(string Step, double Share);

/// <summary>Trains a whole bundle: scaler, forest, autoencoder on what the forest finds normal, tail sum, calibrators, thresholds. Labels
/// are not used.</summary>
public static class FraudModelTrainer
{
    private const int MinRows = 100;

    // A sample of all rows would be all rows, whatever their age; each tree draws its own few of it.
    private const int RowsPerSampled = 4;
    private const int MaxSampled = 50_000;

    /// <summary>Trains a bundle on rows in time order.</summary>
    /// <exception cref="ArgumentException">Fewer than 100 rows.</exception>
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

        var scaler = FeatureScaler.Fit(options.Inputs, rows.Features);
        var columns = scaler.InputCount;
        var inputs = scaler.EncodeAll(rows.Features);
        var trainers = new MLContext().AnomalyDetection.Trainers;
        var table = new FloatRows(inputs, columns);

        // What a bundle flags is decided by its thresholds of risk, not by each detector's own.
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
        RawScores[] raw = [.. Enumerable.Range(0, rows.Count).Select(
            row => new RawScores(
                options.Segments.Of(rows[row]), forestScores[row], autoencoderScores[row], tailSums[row], externalScores[row]))];
        var calibration = ScoreCalibration.Fit(options.Segments, raw, options.Fusion);
        var scored = Enumerable.Range(0, rows.Count).Select(row => (rows.Cards[row], rows.Days[row], calibration.Assess(raw[row]).Risk))
            .ToList();

        return new FraudModel
        {
            Version = version,
            Provenance = provenance,
            RatesVersion = rates.Version,
            ShardCount = shardCount,
            Scaler = scaler,
            Forest = forest,
            Autoencoder = autoencoder,
            TailSum = tailSum,
            External = options.External,
            Calibration = calibration,
            Policy = DecisionPolicy.FromBudget(scored, options.Budget),
        };
    }

    private static ReadOnlySpan<float> Row(float[] inputs, int columns, int row) => inputs.AsSpan(row * columns, columns);

    /// <summary>The scores of a model that a user brought, minus infinity where it gives no number.</summary>
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

    /// <summary>The rows that the forest finds normal, in time order, thinned out evenly where there are too many.</summary>
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
