using Aegis.Core.Decisions;
using Aegis.MachineLearning.Bundles;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Commits;

/// <summary>What decides in a shard: changed by control entries in its log and by nothing else.</summary>
/// <param name="Model">The bundle's version.</param>
/// <param name="ReviewAt">Risk from which a payment is flagged, in place of the bundle's threshold; null for the bundle's own.</param>
/// <param name="DeclineAt">Risk from which it is declined; null for the bundle's own.</param>
internal sealed record VersionsInForce(string Model, double? ReviewAt = null, double? DeclineAt = null)
{
    /// <summary>What is in force after a control entry; a new model brings its own thresholds, a calibration only goes with the detectors
    /// that it was fitted for.</summary>
    public VersionsInForce After(ControlEntry entry) => entry.Kind switch
    {
        ControlEntry.Model => Model == entry.Version ? this : new VersionsInForce(entry.Version!),
        ControlEntry.Calibration =>
            Recalibration.DetectorsOf(Model) == Recalibration.DetectorsOf(entry.Version!) ? this with { Model = entry.Version! } : this,
        _ => this with { ReviewAt = entry.ReviewAt, DeclineAt = entry.DeclineAt },
    };

    /// <summary>The policy that follows.</summary>
    public DecisionPolicy Policy(DecisionPolicy bundled) =>
        bundled with { ReviewAt = ReviewAt ?? bundled.ReviewAt, DeclineAt = DeclineAt ?? bundled.DeclineAt };
}
