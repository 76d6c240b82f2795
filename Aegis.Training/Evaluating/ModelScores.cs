using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;

namespace Aegis.Training.Evaluating;

/// <summary>A model's scores of many rows.</summary>
internal static class ModelScores
{
    private const int BlockRows = 256;

    /// <summary>Assesses all rows, on all cores.</summary>
    public static Assessment[] Of(FraudModel model, FeatureRows rows)
    {
        var assessments = new Assessment[rows.Count];
        Parallel.For(0, (rows.Count + BlockRows - 1) / BlockRows, () => new FraudDetector(model), (block, _, detector) =>
        {
            var start = block * BlockRows;
            var count = Math.Min(BlockRows, rows.Count - start);
            detector.AssessAll(
                rows.Features.Slice(start * FeatureSchema.Count, count * FeatureSchema.Count), count, assessments.AsSpan(start, count));
            return detector;
        }, _ => { });
        return assessments;
    }
}
