using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Sources;

namespace Aegis.Training.Bundles;

/// <summary>The result of a training.</summary>
/// <param name="Model">The bundle, with its metrics in its provenance.</param>
/// <param name="Days">The days fitted on.</param>
/// <param name="Payments">The number of payments fitted on.</param>
/// <param name="Skipped">The lines of the file that were left out.</param>
internal sealed record BundleTrainingReport(FraudModel Model, DateRange Days, int Payments, SkippedLines Skipped);
