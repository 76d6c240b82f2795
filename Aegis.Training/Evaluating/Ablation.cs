using Aegis.Core.Features;
using Aegis.MachineLearning.Choices;
using Aegis.Training.Searching;

namespace Aegis.Training.Evaluating;

/// <summary>A forest on inputs other than the chosen ones.</summary>
/// <param name="Inputs">The inputs, in words.</param>
/// <param name="Result">The result on the judged days.</param>
internal sealed record AblationLine(string Inputs, TrialResult Result);

/// <summary>Shows which groups of features bring the quality: leaves each group out of the chosen inputs, and tries each alone.</summary>
internal static class Ablation
{
    /// <summary>Fits and judges a forest for each line.</summary>
    public static List<AblationLine> Run(DetectorTrials trials, ModelChoice choice, bool feedsLabels)
    {
        Feature[] chosen = [.. choice.Inputs.Select(FeatureSchema.Named)];
        Feature[] all = [.. Enum.GetValues<Feature>().Where(f => feedsLabels || FeatureSchema.Of(f).Group != "labels")];
        var lines = new List<AblationLine>();
        void Try(string name, Feature[] inputs)
        {
            if (inputs.Length > 0)
            {
                lines.Add(new AblationLine(name, trials.Forest(inputs, choice.Trees, choice.Subsamples, choice.ColumnsPerSplit)));
            }
        }

        Try("as chosen", chosen);
        foreach (var group in chosen.Select(f => FeatureSchema.Of(f).Group).Distinct())
        {
            Try($"without {group}", [.. chosen.Where(f => FeatureSchema.Of(f).Group != group)]);
            Try($"only {group}", [.. chosen.Where(f => FeatureSchema.Of(f).Group == group)]);
        }

        Try("default inputs", [.. FeatureSchema.DefaultInputs]);
        Try("every feature", all);
        return lines;
    }
}
