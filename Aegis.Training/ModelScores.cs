using Aegis.Core.Decisions;
using Aegis.MachineLearning.Bundles;

namespace Aegis.Training;

/// <summary>What a model says of many rows.</summary>
internal static class ModelScores
{
    /// <summary>Assesses all rows, on all cores.</summary>
    public static Assessment[] Of(FraudModel model, FeatureRows rows)
    {
        var assessments = new Assessment[rows.Count];
        Parallel.For(0, rows.Count, () => new FraudDetector(model), (row, _, detector) =>
        {
            assessments[row] = detector.Assess(rows[row]);
            return detector;
        }, _ => { });
        return assessments;
    }
}
