using Aegis.Core.Decisions;
using Aegis.Datasets.Files;
using Aegis.MachineLearning.Bundles;
using Aegis.Training.Searching;
using Aegis.Training.Sources;

namespace Aegis.Training.Bundles;

/// <summary>Trains a bundle on a file or on simulated payments.</summary>
/// <param name="options">The data, and how to train on it.</param>
/// <param name="clock">Tells which days are simulated, and names the bundle.</param>
internal sealed class BundleTraining(TrainOptions options, TimeProvider clock)
{
    private const int FingerprintInVersion = 8;

    /// <summary>Reads the payments and trains.</summary>
    /// <exception cref="DatasetException">The file cannot be read, or has no payment on the days to fit on.</exception>
    /// <exception cref="ArgumentException">The choice or the user's model cannot be used.</exception>
    public BundleTrainingReport Run(IProgress<TrainingProgress> progress)
    {
        progress.Report(new("features", 0));
        var skipped = new SkippedLines();
        var stream = options.DataPath is { } path
            ? TrainingStream.FromFile(path, options, skipped)
            : TrainingStream.Simulated(options, clock.GetUtcNow());
        var rows = TrainingRows.Extract(stream, options.Rates, options.Shards);
        progress.Report(new("features", 1));
        if (rows.Rows.Count == 0)
        {
            throw new DatasetException($"No payments on the training days {rows.Days}.");
        }

        return new BundleTrainingReport(TrainingMetrics.AddTo(Fit(rows, progress), rows.Rows), rows.Days, rows.Rows.Count, skipped);
    }

    private FraudModel Fit(TrainingRows rows, IProgress<TrainingProgress> progress)
    {
        var now = clock.GetUtcNow();
        var choice = options.Choice();
        var training = BroughtModel.AddTo(
            choice.ToOptions(options.Seed, new AlertBudget(options.Budget)), options.ExternalPath, options.ExternalWeight);
        var provenance = BundleProvenance.Of(options, choice, training, rows, now);
        var version = $"{now:yyyyMMdd-HHmmss}-{rows.Fingerprint[..FingerprintInVersion]}";
        return FraudModelTrainer.Train(rows.Rows, training, options.Rates, options.Shards, version, provenance, progress);
    }
}
