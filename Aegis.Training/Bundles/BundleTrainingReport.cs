using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Sources;

namespace Aegis.Training.Bundles;

/// <summary>The result of a training.</summary>
/// <param name="Model">The bundle, with its metrics in its provenance.</param>
/// <param name="Days">The days fitted on.</param>
/// <param name="FileDays">The days of the file that were to be fitted on: the same, unless simulated payments took its place.</param>
/// <param name="Payments">The number of payments fitted on.</param>
/// <param name="Skipped">The lines of the file that were left out.</param>
/// <param name="SimulatedBecause">Why simulated payments took the file's place; null if they did not.</param>
internal sealed record BundleTrainingReport(
    FraudModel Model, DateRange Days, DateRange FileDays, int Payments, SkippedLines Skipped, string? SimulatedBecause);
