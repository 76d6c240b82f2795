using Aegis.Core.Transactions;

namespace Aegis.MachineLearning.Evaluation;

/// <summary>What two rules without any model catch: an amount above x, and more than n payments of a card within an
/// hour. A data set that they solve proves nothing.</summary>
/// <remarks>Payments come in time order. Memory grows with the payments of an hour.</remarks>
/// <param name="rates">The exchange rates. Amounts are compared in the reference currency.</param>
public sealed class TrivialRules(CurrencyRates rates)
{
    // Amounts in steps of half a percent, from 0.001 of the reference currency to about 700,000.
    private const int AmountLevels = 4_096;
    private const double LevelsPerLog = 200;
    private const double LowestLog = -6.9;
    private const int MaxInHour = 64;
    private const long HourMs = 3_600_000;

    private readonly Queue<(long TimeMs, string Card)> _hour = [];
    private readonly Dictionary<string, int> _inHour = [];
    private readonly SortedDictionary<(bool IsFraud, string Scenario), ScenarioLevels> _scenarios = [];

    /// <summary>The rule on the amount. <see cref="AmountAt"/> turns a level into an amount.</summary>
    public ThresholdCurve Amount { get; } = new(AmountLevels);

    /// <summary>The rule on payments within an hour. A level is their number, this one included.</summary>
    public ThresholdCurve HourCount { get; } = new(MaxInHour + 1);

    /// <summary>The kinds of payments met: frauds by scenario, look-alikes, and ordinary payments (with an empty name).</summary>
    public IEnumerable<(bool IsFraud, string Scenario)> Kinds => _scenarios.Keys;

    /// <summary>The least amount of a level, in the reference currency.</summary>
    public static double AmountAt(int level) => Math.Exp((level / LevelsPerLog) + LowestLog);

    /// <summary>Counts a payment, which must not be earlier than the one before.</summary>
    public void Add(in LabelledTransaction row)
    {
        var isFraud = row.Label.IsFraud;
        // An amount without a rate is compared with nothing: it counts as none.
        var inReference = rates.ToReference(row.Transaction.AmountMinor, row.Transaction.Currency);
        var amount = Math.Log(Math.Max(1e-9, double.IsNaN(inReference) ? 0 : inReference));
        var amountLevel = Math.Clamp((int)((amount - LowestLog) * LevelsPerLog), 0, AmountLevels - 1);
        var hourLevel = Math.Min(MaxInHour, CountInHour(row.Transaction));
        Amount.Add(amountLevel, isFraud);
        HourCount.Add(hourLevel, isFraud);
        if (!_scenarios.TryGetValue((isFraud, row.Label.Scenario ?? ""), out var levels))
        {
            _scenarios[(isFraud, row.Label.Scenario ?? "")] = levels = new ScenarioLevels(new long[AmountLevels], new long[MaxInHour + 1]);
        }

        levels.Amounts[amountLevel]++;
        levels.HourCounts[hourLevel]++;
    }

    /// <summary>The number of payments of a kind.</summary>
    public long CountOf((bool IsFraud, string Scenario) kind) => _scenarios[kind].HourCounts.Sum();

    /// <summary>The share of a kind's payments that the rule on the amount catches at a level.</summary>
    public double CaughtByAmount((bool IsFraud, string Scenario) kind, int level) => ShareFrom(_scenarios[kind].Amounts, level);

    /// <summary>The share of a kind's payments that the rule on payments within an hour catches at a level.</summary>
    public double CaughtByHourCount((bool IsFraud, string Scenario) kind, int level) => ShareFrom(_scenarios[kind].HourCounts, level);

    private static double ShareFrom(long[] counts, int level) => counts.AsSpan(level).ToArray().Sum() / (double)counts.Sum();

    private int CountInHour(Transaction transaction)
    {
        var now = transaction.EventTime.ToUnixTimeMilliseconds();
        while (_hour.TryPeek(out var oldest) && oldest.TimeMs <= now - HourMs)
        {
            _hour.Dequeue();
            if (--_inHour[oldest.Card] == 0)
            {
                _inHour.Remove(oldest.Card);
            }
        }

        _hour.Enqueue((now, transaction.CardToken));
        return _inHour[transaction.CardToken] = _inHour.GetValueOrDefault(transaction.CardToken) + 1;
    }

    private sealed record ScenarioLevels(long[] Amounts, long[] HourCounts);
}
