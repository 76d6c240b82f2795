using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Sources;

namespace Aegis.Training.Bundles;

/// <summary>What a training gave.</summary>
/// <param name="Model">The bundle, with its metrics in its provenance.</param>
/// <param name="Days">Days fitted on.</param>
/// <param name="Payments">Payments fitted on.</param>
/// <param name="Skipped">Lines of the file that were left out.</param>
internal sealed record BundleTrainingReport(FraudModel Model, DateRange Days, int Payments, SkippedLines Skipped);
