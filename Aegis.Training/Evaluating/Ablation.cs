using Aegis.Core.Features;
using Aegis.Training.Searching;

namespace Aegis.Training.Evaluating;

/// <summary>A forest on other inputs than the chosen ones.</summary>
/// <param name="Inputs">Which inputs.</param>
/// <param name="Result">How it did on the days that were judged.</param>
internal sealed record AblationLine(string Inputs, TrialResult Result);

/// <summary>Which feature groups earn the quality: each left out of the chosen inputs, and each alone.</summary>
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
