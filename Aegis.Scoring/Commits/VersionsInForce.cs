using Aegis.Core.Budgets;
using Aegis.Core.Decisions;
using Aegis.MachineLearning.Bundles;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Commits;

/// <summary>The versions that decide in a shard. Only control entries in the shard's log change them.</summary>
/// <param name="Model">The bundle's version.</param>
/// <param name="ReviewAt">The risk from which a payment is flagged; null to use the bundle's own threshold.</param>
/// <param name="DeclineAt">The risk from which a payment is declined; null to use the bundle's own threshold.</param>
/// <param name="Rates">The version of the rate table; null for that of the store's first start.</param>
/// <param name="Rules">The version of the set of rules; null if none has been in force.</param>
/// <param name="RulesRevision">The set's place in the order of changes; 0 before the first.</param>
/// <param name="ListsRevision">The revision of lists and snoozes; 0 before the first change.</param>
/// <param name="Budget">The budget that the review threshold follows; null if there is none.</param>
/// <param name="BudgetRevision">The budget's place in the order of changes; 0 before the first.</param>
internal sealed record VersionsInForce(
    string Model, double? ReviewAt = null, double? DeclineAt = null, string? Rates = null, string? Rules = null, long RulesRevision = 0,
    long ListsRevision = 0, DailyBudget? Budget = null, long BudgetRevision = 0)
{
    /// <summary>The versions in force after a control entry. A new model brings its own thresholds. A calibration takes
    /// effect only with the detectors that it was fitted for.</summary>
    public VersionsInForce After(ControlEntry entry) => entry.Kind switch
    {
        ControlEntry.Model => Model == entry.Version ? this : this with { Model = entry.Version!, ReviewAt = null, DeclineAt = null },
        ControlEntry.Calibration =>
            Recalibration.DetectorsOf(Model) == Recalibration.DetectorsOf(entry.Version!) ? this with { Model = entry.Version! } : this,
        ControlEntry.Rates => this with { Rates = entry.Version },
        ControlEntry.Rules => entry.Revision > RulesRevision
            ? this with { Rules = entry.Version, RulesRevision = entry.Revision.Value }
            : this,
        ControlEntry.Lists => this with { ListsRevision = Math.Max(ListsRevision, entry.Revision!.Value) },
        ControlEntry.Budget => entry.Revision > BudgetRevision
            ? this with { Budget = entry.Alerts, BudgetRevision = entry.Revision.Value }
            : this,
        _ => this with { ReviewAt = entry.ReviewAt, DeclineAt = entry.DeclineAt },
    };

    /// <summary>The policy with these thresholds in place of the bundle's. They hold for every payment exactly at them. Under a budget
    /// the review threshold follows the live stream, once enough of it is known.</summary>
    public DecisionPolicy Policy(DecisionPolicy bundled, ScoreTrend? trend)
    {
        var policy = ReviewAt is { } review && DeclineAt is { } decline ? new DecisionPolicy(review, decline, bundled.Budget) : bundled;
        return Budget is { } budget && trend is not null && BudgetPace.Threshold(trend, budget, policy.DeclineAt) is { } paced
            ? policy with { ReviewAt = paced.At, ReviewWidth = paced.Width, ReviewTies = paced.Ties, FollowsBudget = true }
            : policy;
    }
}
