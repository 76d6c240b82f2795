using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;

namespace Aegis.Scoring.Models;

/// <summary>Computes what stands out in a payment that was not flagged, if anything does. It uses the vector and the
/// model of the decision.</summary>
internal sealed class ReasonsOnRequest(ModelRegistry models)
{
    private readonly Lock _lock = new();
    private readonly double[] _shares = new double[FeatureSchema.Count];
    private FraudDetector? _detector;

    /// <summary>The decision with its reasons. It is returned unchanged if its reasons are stored, or if this release
    /// computes other features or lacks its model or rates.</summary>
    public Decision Explain(Decision decision)
    {
        if (decision.IsFlagged || decision.SchemaHash != FeatureSchema.Hash || models.Rates.Find(decision.RatesVersion) is not { } rates)
        {
            return decision;
        }

        var model = _detector is { } last && last.Model.Version == decision.ModelVersion ? last.Model : models.Find(decision.ModelVersion);
        if (model is null)
        {
            return decision;
        }

        lock (_lock)
        {
            // Beside the models in force, only the model last asked for is kept.
            _detector = ReferenceEquals(_detector?.Model, model) ? _detector : new FraudDetector(model);
            _detector.Attribute(decision.Features, _shares);
            return decision with { Reasons = ReasonWriter.WriteApproved(
                decision.Assessment.Risk, decision.Transaction, decision.Features, _shares, CardNorms.Of(decision.Features),
                rates) };
        }
    }
}
