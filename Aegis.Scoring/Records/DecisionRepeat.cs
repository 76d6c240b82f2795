using System.Globalization;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.Rules.Sets;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Records;

/// <summary>Computes a stored decision again: the detectors from its features, the outcome from its thresholds, the rules and the
/// lists as they were in force.</summary>
internal sealed class DecisionRepeat(ModelRegistry models, StoredOutcomes outcomes)
{
    /// <summary>Computes a decision again; null if this release does not compute the decision's features, or cannot use its
    /// model, rates or rules.</summary>
    /// <param name="stored">The decision.</param>
    public DecisionVerification? Repeat(StoredDecision stored)
    {
        var decision = stored.Decision;
        if (decision.SchemaHash != FeatureSchema.Hash || models.Find(decision.ModelVersion) is not { } model
            || models.Rates.Find(decision.RatesVersion) is not { } rates || BookOf(decision) is not { } book)
        {
            return null;
        }

        var values = new List<RepeatedValue>();
        outcomes.ReadAfter(stored.Sequence - 1, stored.Sequence, (in StoredOutcome then) =>
        {
            var assessment = new FraudDetector(model).Assess(then.Features);
            var policy = then.Policy ?? model.Policy;
            var byModels = policy.Decide(assessment.Risk, then.IdHash);
            var matches = new Matches();
            var transaction = then.Transaction;
            var lists = models.Lists.Get(then.ListsRevision);
            var input = RuleInputs.Of(
                transaction, rates.ToReference(transaction.AmountMinor, transaction.Currency), then.Features, assessment, byModels, lists,
                then.PositionMs, (then.IdHash, then.CardHash));
            var outcome = book.Apply(input, policy, row: 0, matches, book.CreateMemory());
            AddScores(values, then.Assessment, assessment);
            values.Add(new RepeatedValue("outcome by the models", $"{then.ModelOutcome}", $"{byModels}"));
            values.Add(new RepeatedValue("rules", Text(decision.Rules, Named), Text(matches.Rules, match => Named(
                book.Set.Rules[match.Rule].Definition.ToHit(
                    book.Set.Rules[match.Rule].Name, book.Set.Rules[match.Rule].Version, match.IsLive)))));
            values.Add(new RepeatedValue(
                "lists", Text(decision.Lists, hit => $"{hit.List} entry {hit.Entry}"),
                Text(matches.Lists, match => $"{lists.ListOf(match).Name} entry {match.Entry}")));
            values.Add(new RepeatedValue("outcome", $"{then.Outcome}", $"{outcome}"));
        });
        return new DecisionVerification(decision.Transaction.Id, values.TrueForAll(value => value.IsEqual), values);
    }

    private RuleBook? BookOf(Decision decision) => decision.RulesVersion is { } rules ? models.Rules.Find(rules) : RuleBook.Empty;

    private static void AddScores(List<RepeatedValue> values, in Assessment stored, in Assessment repeated)
    {
        Add("forest score", stored.ForestScore, repeated.ForestScore);
        Add("autoencoder score", stored.AutoencoderScore, repeated.AutoencoderScore);
        Add("tail sum", stored.TailSum, repeated.TailSum);
        Add("forest percentile", stored.ForestPercentile, repeated.ForestPercentile);
        Add("autoencoder percentile", stored.AutoencoderPercentile, repeated.AutoencoderPercentile);
        Add("tail sum percentile", stored.TailSumPercentile, repeated.TailSumPercentile);
        Add("risk", stored.Risk, repeated.Risk);
        if (stored.ExternalScore is not null || repeated.ExternalScore is not null)
        {
            Add("external score", stored.ExternalScore ?? double.NaN, repeated.ExternalScore ?? double.NaN);
        }

        // The shortest text that reads back to the same bits.
        void Add(string name, double one, double other) => values.Add(new RepeatedValue(
            name, one.ToString("R", CultureInfo.InvariantCulture), other.ToString("R", CultureInfo.InvariantCulture)));
    }

    private static string Named(RuleHit rule) => $"{rule.Name} {rule.Version}{(rule.IsLive ? "" : " (shadow)")}";

    private static string Text<T>(IEnumerable<T>? hits, Func<T, string> text) =>
        string.Join(", ", (hits ?? []).Select(text).Order(StringComparer.Ordinal)) is { Length: > 0 } some ? some : "none";
}
