using System.Reflection;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Choices;
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
        Dictionary<string, string> facts = new(
        [
            new("data", options.DataPath is { } path ? Path.GetFileName(path) : Simulator),
            new("map", options.DataPath is null or Simulator ? Simulator : options.Map),
            new("trainingDays", rows.Days.ToString()),
            new("trainingRows", rows.Rows.Count.ToString()),
            new("dataFingerprint", rows.Fingerprint),
            .. ChoiceProvenance.Of(choice, training),
            new("trainedAt", now.ToString("O")),
            new("runtime", Environment.Version.ToString()),
            new("aegis", Assembly.GetExecutingAssembly().GetName().Version!.ToString()),
        ]);
        if (PublishedWeeks.Of(choice.Name) is { } measured)
        {
            facts["choiceMeasured"] = measured;
        }

        return facts;
    }
}
