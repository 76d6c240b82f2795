using System.Globalization;
using System.Reflection;
using Aegis.MachineLearning.Bundles;
using Aegis.Training.Searching;

namespace Aegis.Training.Bundles;

/// <summary>The facts about a training that a bundle tells people, before anything is measured.</summary>
internal static class BundleProvenance
{
    private const string Simulator = "simulator";

    /// <summary>Names the data, the choice and the versions that a bundle is made from.</summary>
    /// <param name="options">The options of the command.</param>
    /// <param name="choice">Inputs, forest and weights.</param>
    /// <param name="training">The choice as the trainer takes it, with the user's model.</param>
    /// <param name="rows">The rows to fit on.</param>
    /// <param name="now">The present moment.</param>
    public static Dictionary<string, string> Of(
        TrainOptions options, ModelChoice choice, FraudModelTrainingOptions training, TrainingRows rows, DateTimeOffset now)
    {
        var facts = new Dictionary<string, string>
        {
            ["data"] = options.DataPath is { } path ? Path.GetFileName(path) : Simulator,
            ["map"] = options.DataPath is null or Simulator ? Simulator : options.Map,
            ["trainingDays"] = rows.Days.ToString(),
            ["trainingRows"] = rows.Rows.Count.ToString(),
            ["dataFingerprint"] = rows.Fingerprint,
            ["seed"] = training.Seed.ToString(),
            ["choice"] = choice.Name,
            ["inputs"] = string.Join(", ", choice.Inputs),
            ["forest"] =
                $"{choice.Trees} trees of {string.Join(" and ", choice.Subsamples)} payments, {choice.ColumnsPerSplit} columns a split",
            ["autoencoderWeight"] = choice.AutoencoderWeight.ToString(CultureInfo.InvariantCulture),
            ["tailSumWeight"] = choice.TailSumWeight.ToString(CultureInfo.InvariantCulture),
            ["external"] = training.External is { } external
                ? $"{external.Name}, weight {training.Fusion.ExternalWeight.ToString(CultureInfo.InvariantCulture)}"
                : "none",
            ["trainedAt"] = now.ToString("O"),
            ["runtime"] = Environment.Version.ToString(),
            ["aegis"] = Assembly.GetExecutingAssembly().GetName().Version!.ToString(),
        };
        if (PublishedWeeks.Of(choice.Name) is { } measured)
        {
            facts["choiceMeasured"] = measured;
        }

        return facts;
    }
}
