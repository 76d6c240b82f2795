using System.Globalization;
using Aegis.Core.Decisions;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Evaluation;
using Aegis.MachineLearning.TailSums;
using Aegis.Training.Evaluating;

namespace Aegis.Training.Bundles;

/// <summary>How a model ranks the payments it was trained on, for the bundle's facts. Labels were not fitted on; thresholds were set on these very payments.</summary>
internal static class TrainingMetrics
{
    /// <summary>Adds the metrics to a model's facts: what it flags, and, where frauds are labelled, AUROC and average precision of each detector.</summary>
    public static FraudModel AddTo(FraudModel model, FeatureRows rows)
    {
        var assessments = ModelScores.Of(model, rows);
        bool[] frauds = [.. rows.Frauds];
        var flagged = assessments.Count(assessment => model.Policy.Decide(assessment.Risk) != DecisionOutcome.Approve);
        var facts = new Dictionary<string, string>(model.Facts)
        {
            ["metricsOn"] = "the training days; labels were not fitted on",
            ["flaggedShare"] = Text(flagged / (double)rows.Count),
            ["labelledFrauds"] = frauds.Count(isFraud => isFraud).ToString(CultureInfo.InvariantCulture),
        };
        if (frauds.Contains(true) && frauds.Contains(false))
        {
            Rank("forest", assessment => assessment.ForestScore);
            Rank("autoencoder", assessment => assessment.AutoencoderScore);
            Rank("tailSum", assessment => assessment.TailSum);
            Rank("fused", assessment => assessment.Risk);
        }

        return model with { Facts = facts };

        void Rank(string name, Func<Assessment, double> score)
        {
            double[] scores = [.. assessments.Select(score)];
            facts[$"{name}.auroc"] = Text(RankingMetrics.Auroc(scores, frauds));
            facts[$"{name}.averagePrecision"] = Text(RankingMetrics.AveragePrecision(scores, frauds));
        }
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
