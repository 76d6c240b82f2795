using Aegis.Client;
using Aegis.Core.Decisions;

namespace Aegis.Scoring.Backtests;

/// <summary>Adds up what a backtest finds.</summary>
/// <param name="rules">The names of the rules to try.</param>
internal sealed class BacktestTally(IReadOnlyList<string> rules)
{
    private const int MaxExamples = 20;

    private readonly Dictionary<DateOnly, long[]> _days = [];
    private readonly long[][] _rules = [.. rules.Select(_ => new long[5])];
    private readonly Side _before = new();
    private readonly Side _after = new();
    private readonly List<BacktestExample> _gained = [];
    private readonly List<BacktestExample> _lost = [];
    private long _payments;
    private long _frauds;
    private double _fraudAmount;
    private long _gainedCount;
    private long _lostCount;

    /// <summary>Adds a payment.</summary>
    /// <param name="example">The payment, without its id unless <see cref="Wants"/> asks for it.</param>
    /// <param name="matched">The places of the rules to try that matched it, of cards in their share.</param>
    public void Add(BacktestExample example, ReadOnlySpan<int> matched)
    {
        var (wasAlert, isAlert) = (example.Before != DecisionOutcome.Approve, example.After != DecisionOutcome.Approve);
        _payments++;
        _frauds += example.IsFraud == true ? 1 : 0;
        _fraudAmount += example.IsFraud == true ? example.Amount : 0;
        _before.Add(example.Before, example);
        _after.Add(example.After, example);
        AddDay(example, wasAlert, isAlert);
        foreach (var rule in matched)
        {
            var counts = _rules[rule];
            counts[0]++;
            counts[1] += example.IsFraud == true ? 1 : 0;
            counts[2] += example.IsFraud == false ? 1 : 0;
            counts[3] += isAlert && !wasAlert ? 1 : 0;
            counts[4] += wasAlert && !isAlert ? 1 : 0;
        }

        if (wasAlert != isAlert)
        {
            _gainedCount += isAlert ? 1 : 0;
            _lostCount += wasAlert ? 1 : 0;
            Keep(isAlert ? _gained : _lost, example with { Amount = Math.Round(example.Amount, 2) });
        }
    }

    /// <summary>True if an example may be kept.</summary>
    public bool Wants(DecisionOutcome before, DecisionOutcome after, bool? isFraud) =>
        (before != DecisionOutcome.Approve) != (after != DecisionOutcome.Approve)
        && (before == DecisionOutcome.Approve ? _gained : _lost) is var kept
        && (kept.Count < MaxExamples || (isFraud == true && kept.Exists(example => example.IsFraud != true)));

    /// <summary>The result.</summary>
    public BacktestResult ToResult(long skipped, double seconds) => new(
        _payments, skipped, _frauds, Math.Round(_fraudAmount, 2), _before.ToSide(_frauds), _after.ToSide(_frauds), _gainedCount, _lostCount,
        [.. rules.Select((name, i) => new BacktestRuleResult(
            name, _rules[i][0], _rules[i][1], _rules[i][2], _rules[i][3], _rules[i][4]))],
        [.. _days.OrderBy(day => day.Key).Select(day => new BacktestDay(
            day.Key, day.Value[0], day.Value[1], day.Value[2], day.Value[3], day.Value[4]))],
        FraudsFirst(_gained), FraudsFirst(_lost), Math.Round(seconds, 2));

    private void AddDay(BacktestExample example, bool wasAlert, bool isAlert)
    {
        var day = DateOnly.FromDateTime(example.EventTime.UtcDateTime);
        if (!_days.TryGetValue(day, out var counts))
        {
            _days[day] = counts = new long[5];
        }

        counts[0]++;
        counts[1] += wasAlert ? 1 : 0;
        counts[2] += isAlert ? 1 : 0;
        counts[3] += wasAlert && example.IsFraud == true ? 1 : 0;
        counts[4] += isAlert && example.IsFraud == true ? 1 : 0;
    }

    /// <summary>Keeps an example; a fraud takes the place of another payment.</summary>
    private static void Keep(List<BacktestExample> kept, BacktestExample example)
    {
        if (kept.Count < MaxExamples)
        {
            kept.Add(example);
        }
        else if (example.IsFraud == true && kept.FindIndex(other => other.IsFraud != true) is >= 0 and var place)
        {
            kept[place] = example;
        }
    }

    private static BacktestExample[] FraudsFirst(List<BacktestExample> examples) =>
        [.. examples.OrderByDescending(example => example.IsFraud == true).ThenBy(example => example.EventTime)];

    private sealed class Side
    {
        private long _alerts;
        private long _declines;
        private long _frauds;
        private long _genuine;
        private double _amount;
        private double _fraudAmount;

        public void Add(DecisionOutcome outcome, BacktestExample example)
        {
            if (outcome == DecisionOutcome.Approve)
            {
                return;
            }

            _alerts++;
            _amount += example.Amount;
            _declines += outcome == DecisionOutcome.Decline ? 1 : 0;
            _frauds += example.IsFraud == true ? 1 : 0;
            _genuine += example.IsFraud == false ? 1 : 0;
            _fraudAmount += example.IsFraud == true ? example.Amount : 0;
        }

        public BacktestSide ToSide(long frauds) => new(
            _alerts, _declines, _frauds, _genuine, Math.Round(_amount, 2), Math.Round(_fraudAmount, 2),
            _frauds + _genuine > 0 ? (double)_frauds / (_frauds + _genuine) : null, frauds > 0 ? (double)_frauds / frauds : null);
    }
}
