using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.Scoring.Cases;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Records;

/// <summary>Puts together everything about one decision.</summary>
internal sealed class DecisionRecords(
    ModelRegistry models, StoredOutcomes outcomes, ListReader lists, VerdictStore verdicts, LabelStore labels, DecisionRepeat repeat,
    TimeProvider time)
{
    /// <summary>The record of a decision.</summary>
    /// <param name="stored">The decision.</param>
    /// <param name="explain">Adds the reasons of one that was approved.</param>
    public DecisionRecord Of(StoredDecision stored, Func<Decision, Decision> explain)
    {
        var id = stored.Decision.Transaction.Id;
        var decision = explain(stored.Decision);
        decision = labels.Verdicts(id) is { Count: > 0 } known ? decision with { Verdicts = known } : decision;
        var model = models.Find(decision.ModelVersion);
        return new DecisionRecord(
            decision with { Features = [] }, ThresholdsOf(stored.Sequence), model is null ? [] : Detectors(model, decision.Assessment),
            Features(model, decision), Rules(decision), Listings(decision), verdicts.Of(id, CaseDesk.Undoable),
            model?.Provenance ?? new Dictionary<string, string>(), repeat.Repeat(stored), time.GetUtcNow());
    }

    private RecordedThresholds? ThresholdsOf(long sequence)
    {
        RecordedThresholds? thresholds = null;
        outcomes.ReadAfter(sequence - 1, sequence, (in StoredOutcome then) => thresholds = then.Policy is { } policy
            ? new RecordedThresholds(
                policy.ReviewAt, Assessment.ScoreOf(policy.ReviewAt), policy.ReviewWidth, policy.ReviewTies, policy.DeclineAt,
                Assessment.ScoreOf(policy.DeclineAt), policy.DeclineTies)
            : null);
        return thresholds;
    }

    private static List<RecordedDetector> Detectors(FraudModel model, Assessment scores)
    {
        var weights = model.Calibration.Fusion;
        var detectors = new List<RecordedDetector>
        {
            new("isolation forest", scores.ForestScore, scores.ForestPercentile, weights.ForestWeight),
            new("autoencoder", scores.AutoencoderScore, scores.AutoencoderPercentile, weights.AutoencoderWeight),
            new("tail sum", scores.TailSum, scores.TailSumPercentile, weights.TailSumWeight),
        };
        if (scores.ExternalScore is { } external)
        {
            detectors.Add(new RecordedDetector(model.External?.Name ?? "external", external, null, weights.ExternalWeight));
        }

        return detectors;
    }

    private static IReadOnlyList<RecordedFeature> Features(FraudModel? model, Decision decision)
    {
        if (decision.SchemaHash != FeatureSchema.Hash)
        {
            return [];
        }

        var shares = new double[FeatureSchema.Count];
        if (model is not null)
        {
            new FraudDetector(model).Attribute(decision.Features, shares);
        }

        return [.. FeatureSchema.All.Select((feature, index) => new RecordedFeature(
            feature.Name, float.IsFinite(decision.Features[index]) ? decision.Features[index] : null, feature.Unit, feature.Meaning,
            shares[index])).OrderByDescending(feature => feature.Share)];
    }

    private IReadOnlyList<RecordedRule> Rules(Decision decision)
    {
        var hits = (decision.Rules ?? []).ToDictionary(hit => (hit.Name, hit.Version));
        return decision.RulesVersion is { } version && models.Rules.Find(version) is { } book
            ? [.. book.Set.Rules.Select(rule => (Rule: rule, Hit: hits.GetValueOrDefault((rule.Name, rule.Version))))
                .OrderByDescending(one => one.Hit is not null)
                .Select(one => new RecordedRule(
                    one.Rule.Name, one.Rule.Version, one.Rule.Definition.When, one.Rule.Share, one.Hit is not null,
                    one.Hit?.IsLive ?? false, one.Rule.Definition.Then, one.Rule.Definition.Points))]
            : [];
    }

    private IReadOnlyList<RecordedListing> Listings(Decision decision) =>
        [.. (decision.Lists ?? []).Select(hit => new RecordedListing(
            hit.List, hit.Effect, lists.Find(hit.List) is { } list ? lists.Find(list.List, hit.Entry) : null))];
}
