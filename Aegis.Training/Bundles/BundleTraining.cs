using Aegis.Core.Decisions;
using Aegis.Datasets.Files;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
using Aegis.Training.Searching;
using Aegis.Training.Sources;

namespace Aegis.Training.Bundles;

/// <summary>Trains a bundle on a file or on simulated payments.</summary>
/// <param name="options">The data, and how to train on it.</param>
/// <param name="clock">Tells which days are simulated, and names the bundle.</param>
internal sealed class BundleTraining(TrainOptions options, TimeProvider clock)
{
    /// <summary>The fact that says why a bundle was trained on simulated payments in place of a file's.</summary>
    public const string SimulatedBecause = "simulatedBecause";

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

        // Days that were asked for are taken, whatever they hold.
        var reason = options.DataPath is null || options.Train is not null ? null : FilePreference.ReasonAgainst(rows, stream.IsWarmed);
        var used = reason is null ? options : options with
        {
            DataPath = null, FraudShare = FilePreference.SimulatedFraudShare, ChoicePath = options.ChoicePath ?? ModelChoice.DefaultName,
        };
        rows = reason is null ? rows
            : TrainingRows.Extract(TrainingStream.Simulated(used, clock.GetUtcNow()), options.Rates, options.Shards);
        var model = TrainingMetrics.AddTo(Fit(used, rows, reason, progress), rows.Rows);
        return new BundleTrainingReport(model, rows.Days, stream.Days, rows.Rows.Count, skipped, reason);
    }

    private FraudModel Fit(TrainOptions used, TrainingRows rows, string? reason, IProgress<TrainingProgress> progress)
    {
        var now = clock.GetUtcNow();
        var choice = used.Choice();
        var training = BroughtModel.AddTo(
            choice.ToOptions(used.Seed, new AlertBudget(used.Budget)), used.ExternalPath, used.ExternalWeight);
        var provenance = BundleProvenance.Of(used, choice, training, rows, now);
        if (reason is not null)
        {
            provenance[SimulatedBecause] = reason;
        }

        var version = $"{now:yyyyMMdd-HHmmss}-{rows.Fingerprint[..FingerprintInVersion]}";
        return FraudModelTrainer.Train(rows.Rows, training, used.Rates, used.Shards, version, provenance, progress);
    }
}
