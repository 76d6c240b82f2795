using System.Globalization;
using Aegis.MachineLearning.Bundles;

namespace Aegis.MachineLearning.Choices;

/// <summary>What a bundle tells people about the choice that it was trained with.</summary>
public static class ChoiceProvenance
{
    /// <summary>The entry that holds the choice's name.</summary>
    public const string Name = "choice";

    /// <summary>The facts about a choice.</summary>
    /// <param name="choice">Inputs, forest and weights.</param>
    /// <param name="training">The choice as the trainer takes it, with the user's model.</param>
    public static Dictionary<string, string> Of(ModelChoice choice, FraudModelTrainingOptions training)
    {
        ArgumentNullException.ThrowIfNull(choice);
        ArgumentNullException.ThrowIfNull(training);
        return new()
        {
            ["seed"] = training.Seed.ToString(CultureInfo.InvariantCulture),
            [Name] = choice.Name,
            ["inputs"] = string.Join(", ", choice.Inputs),
            ["forest"] =
                $"{choice.Trees} trees of {string.Join(" and ", choice.Subsamples)} payments, {choice.ColumnsPerSplit} columns a split",
            ["autoencoderWeight"] = choice.AutoencoderWeight.ToString(CultureInfo.InvariantCulture),
            ["tailSumWeight"] = choice.TailSumWeight.ToString(CultureInfo.InvariantCulture),
            ["external"] = training.External is { } external
                ? $"{external.Name}, weight {training.Fusion.ExternalWeight.ToString(CultureInfo.InvariantCulture)}"
                : "none",
        };
    }
}
