using System.Diagnostics;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Rules.Sets;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Backtests;

/// <summary>Decides stored payments again by a plan: with the scores, features and lists of then, and the rules of then but for those
/// that the plan changes.</summary>
/// <remarks>Points are compared with the plan's thresholds, or with those of the model of then.</remarks>
internal sealed class BacktestRun(BacktestPlan plan, StoredOutcomes stored, ListReader lists, ModelRegistry models, TimeProvider time)
{
    // Payments go first: a pause after each piece leaves them the store and the processor.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly ListHistory _lists = new(lists);
    private readonly Dictionary<long, (RuleBook Book, RuleMemory Memory)> _books = [];
    private readonly Dictionary<string, DecisionPolicy> _policies = [];
    private readonly BacktestTally _tally = new([.. plan.Rules.Select(rule => rule.Name)]);
    private readonly Matches _matches = new();
    private readonly List<int> _matched = [];
    private Dictionary<long, string> _sets = [];
    private Dictionary<ulong, bool> _labels = [];

    /// <summary>Reads all stored decisions.</summary>
    /// <param name="progress">Told the share that is read, 0 to 1.</param>
    /// <param name="cancel">Ends it between two pieces.</param>
    public async Task<BacktestResult> ReadAsync(Action<double> progress, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var (first, last) = stored.Range();
        (_labels, _sets) = (stored.Labels(), stored.RuleSets());
        long read = 0;
        for (var at = first - 1; at < last;)
        {
            cancel.ThrowIfCancellationRequested();
            at = stored.ReadAfter(at, last, (in outcome) =>
            {
                read++;
                Take(outcome);
            });
            progress((double)(at - first + 1) / (last - first + 1));
            await Task.Delay(Pause, time, cancel);
        }

        return _tally.ToResult(last == 0 ? 0 : last - first + 1 - read, clock.Elapsed.TotalSeconds);
    }

    private void Take(in StoredOutcome then)
    {
        var transaction = then.Transaction;
        if (transaction.EventTimeMs < plan.FromMs || transaction.EventTimeMs >= plan.ToMs)
        {
            return;
        }

        var policy = plan.Thresholds is null && then.Policy is { } kept ? kept : PolicyOf(then.Model);
        var amount = models.Rates.Get(then.Rates).ToReference(transaction.AmountMinor, transaction.Currency);
        var modelOutcome = plan.Thresholds is null ? then.ModelOutcome : policy.Decide(then.Risk, then.IdHash);
        var input = RuleInputs.Of(
            transaction, amount, then.Features, then.Assessment, modelOutcome, _lists.At(then.ListsRevision), then.PositionMs,
            (then.IdHash, then.CardHash));
        var (book, memory) = BookOf(then.RuleSet);
        _matches.Clear();
        var after = book.Apply(input, policy, row: 0, _matches, memory);
        Count(then, after, amount, book.Set.Rules.Count - plan.Rules.Count);
    }

    private void Count(in StoredOutcome then, DecisionOutcome after, double amount, int firstTried)
    {
        _matched.Clear();
        foreach (var match in _matches.Rules)
        {
            if (match.IsLive && match.Rule >= firstTried)
            {
                _matched.Add(match.Rule - firstTried);
            }
        }

        bool? isFraud = _labels.TryGetValue(then.IdHash, out var label) ? label : null;
        var transaction = then.Transaction;
        var id = _tally.Wants(then.Outcome, after, isFraud) ? System.Text.Encoding.ASCII.GetString(transaction.Id) : "";
        _tally.Add(
            new BacktestExample(
                id, DateTimeOffset.FromUnixTimeMilliseconds(transaction.EventTimeMs), double.IsNaN(amount) ? 0 : amount, then.Outcome,
                after, isFraud),
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_matched));
    }

    private DecisionPolicy PolicyOf(string model)
    {
        if (!_policies.TryGetValue(model, out var policy))
        {
            var bundled = models.Get(model).Policy;
            _policies[model] = policy = plan.Thresholds is var (review, decline)
                ? new DecisionPolicy(review, decline, bundled.Budget)
                : bundled;
        }

        return policy;
    }

    private (RuleBook Book, RuleMemory Memory) BookOf(long? set)
    {
        if (!_books.TryGetValue(set ?? 0, out var book))
        {
            var compiled = plan.BookFor(set is { } id ? models.Rules.Get(_sets[id]).Set : null, models.Rules.Names);
            _books[set ?? 0] = book = (compiled, compiled.CreateMemory());
        }

        return book;
    }
}
