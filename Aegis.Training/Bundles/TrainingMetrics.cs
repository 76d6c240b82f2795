using System.Globalization;
using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;
using Aegis.Training.Evaluating;

namespace Aegis.Training.Bundles;

/// <summary>How well a model ranks the payments that it was trained on, for the bundle's provenance.</summary>
/// <remarks>The model was not fitted on labels. Its thresholds were set on these same payments.</remarks>
internal static class TrainingMetrics
{
    /// <summary>Adds the model's flagged share to its provenance. If frauds are labelled, it also adds AUROC and
    /// average precision of each detector.</summary>
    public static FraudModel AddTo(FraudModel model, FeatureRows rows)
    {
        var assessments = ModelScores.Of(model, rows);
        bool[] frauds = [.. rows.Frauds];
        var flagged = assessments.Index()
            .Count(each => model.Policy.Decide(each.Item.Risk, rows.IdHashes[each.Index]) != DecisionOutcome.Approve);
        var provenance = new Dictionary<string, string>(model.Provenance)
        {
            ["metricsOn"] = "the training days; labels were not fitted on",
            ["flaggedShare"] = Text(flagged / (double)rows.Count),
            ["labelledFrauds"] = frauds.Count(isFraud => isFraud).ToString(CultureInfo.InvariantCulture),
        };
        if (frauds.Contains(true) && frauds.Contains(false))
        {
            foreach (var detector in Enum.GetValues<Detector>())
            {
                var scores = detector.ScoresOf(assessments);
                var name = JsonNamingPolicy.CamelCase.ConvertName(detector.ToString());
                provenance[$"{name}.auroc"] = Text(RankingMetrics.Auroc(scores, frauds));
                provenance[$"{name}.averagePrecision"] = Text(RankingMetrics.AveragePrecision(scores, frauds));
            }
        }

        return model with { Provenance = provenance };
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
