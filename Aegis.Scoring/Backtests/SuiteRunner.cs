using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.MachineLearning.Bundles;
using Aegis.Rules.Lists;
using Aegis.Rules.Sets;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Backtests;

/// <summary>Decides the made-up payments of a suite: by the model, the thresholds and the lists in force and by some rules. The
/// payments know each other's history and no other.</summary>
internal sealed class SuiteRunner(ModelRegistry models, StoredOutcomes outcomes, SuiteStore suites, RuleStore rules, TimeProvider time)
{
    private const int MostNamed = 3;

    /// <summary>Runs a suite.</summary>
    public SuiteRun Run(SuiteReport suite, RuleBook book) => Run(suite, book, Now());

    private InForce Now()
    {
        var detector = new FraudDetector(models.Get(models.InForce));
        return new InForce(
            detector, outcomes.NewestPolicy() ?? detector.Model.Policy, models.Lists.Get(models.Lists.Newest()),
            models.Rates.Get(models.Rates.InForce));
    }

    private SuiteRun Run(SuiteReport suite, RuleBook book, InForce inForce)
    {
        var (detector, policy, lists, rates) = inForce;
        var histories = new ShardHistories(rates);
        var (memory, matches, features) = (book.CreateMemory(), new Matches(), new float[FeatureSchema.Count]);
        var stamp = time.GetUtcNow().ToUnixTimeMilliseconds();
        var results = new List<SuiteResult>();
        foreach (var (transaction, expected) in suite.Payments)
        {
            histories.ExtractAndAdd(transaction, features);
            var assessment = detector.Assess(features);
            var (id, card) = (StableHash.Hash64(transaction.Id), StableHash.Hash64(transaction.CardToken));
            var byModels = policy.Decide(assessment.Risk, id);
            matches.Clear();
            var input = RuleInputs.Of(
                new TransactionView(MessageCodec.Encode(transaction)), rates.ToReference(transaction.AmountMinor, transaction.Currency),
                features, assessment, byModels, lists, stamp, (id, card));
            var outcome = book.Apply(input, policy, row: 0, matches, memory);
            results.Add(new SuiteResult(
                transaction.Id, expected, outcome, byModels, assessment.Score,
                [.. matches.Rules.Where(match => match.IsLive).Select(match => book.Set.Rules[match.Rule].Name)],
                IsMet(expected, outcome)));
        }

        return new SuiteRun(suite.Name, results.TrueForAll(result => result.IsMet), results);
    }

    /// <summary>The rules in force.</summary>
    public RuleSet RulesInForce() => SetOf(rules.All());

    /// <summary>Runs all suites as if a version of a rule were live for all cards.</summary>
    /// <returns>One sentence on the expectations that hold now and would not hold then; null if there are none.</returns>
    public string? Objection(StoredRule candidate)
    {
        var stored = rules.All();
        var now = SetOf(stored);
        var live = stored.Where(rule => rule.State == RuleState.Live && rule.Name == candidate.Name).Select(rule => rule.Id).ToHashSet();
        var then = RuleSet.Of(now.Rules.Where(rule => rule.Id != candidate.Id && !live.Contains(rule.Id))
            .Append(new RuleInForce(candidate.Id, candidate.Name, candidate.Version, candidate.Definition, Share: 1)));
        var (before, after) = (new RuleBook(now, models.Rules.Names), new RuleBook(then, models.Rules.Names));
        var inForce = Now();
        var broken = new List<string>();
        foreach (var suite in suites.All())
        {
            var (held, holds) = (Run(suite, before, inForce).Results, Run(suite, after, inForce).Results);
            broken.AddRange(held.Zip(holds).Where(pair => pair.First.IsMet && !pair.Second.IsMet).Select(
                pair => $"suite '{suite.Name}' expects '{pair.Second.Id}' to be {Word(pair.Second.Expected!)}, and it would be {Word(pair.Second.Outcome.Name())}"));
        }

        return broken.Count == 0 ? null
            : $"{string.Join("; ", broken.Take(MostNamed))}{(broken.Count > MostNamed ? $"; and {broken.Count - MostNamed} more" : "")}.";
    }

    private static RuleSet SetOf(IReadOnlyList<StoredRule> stored) =>
        RuleSet.Of(stored.Where(rule => rule.IsInUse).Select(rule => rule.ToRule()));

    private static bool IsMet(string? expected, DecisionOutcome outcome) => expected switch
    {
        null => true,
        "flagged" => outcome != DecisionOutcome.Approve,
        _ => expected == outcome.Name(),
    };

    private static string Word(string outcome) => outcome switch
    {
        "approve" => "approved",
        "review" => "reviewed",
        "decline" => "declined",
        _ => outcome,
    };

    /// <summary>What decides beside the rules.</summary>
    private sealed record InForce(FraudDetector Detector, DecisionPolicy Policy, ListBook Lists, CurrencyRates Rates);
}
