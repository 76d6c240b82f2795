using Aegis.Core.Decisions;

namespace Aegis.Client;

/// <summary>The states of a backtest.</summary>
public enum BacktestState : byte
{
    /// <summary>It reads decisions.</summary>
    Running = 0,

    /// <summary>It has read all.</summary>
    Done = 1,

    /// <summary>Somebody ended it, or the process stopped.</summary>
    Cancelled = 2,

    /// <summary>It could not go on.</summary>
    Failed = 3,
}

/// <summary>A rule to try.</summary>
/// <param name="Name">Its name. Where a rule of this name was in force, the one to try takes its place.</param>
/// <param name="When">The condition; null for what the newest stored version of this name says.</param>
/// <param name="Then">approve, review or decline; null for none.</param>
/// <param name="Points">Points, -100 to 100.</param>
/// <param name="Share">The share of cards that it decides for, above 0 to 1.</param>
public sealed record BacktestRule(string? Name, string? When = null, string? Then = null, double Points = 0, double Share = 1);

/// <summary>A backtest to run: what stored decisions would have been with other rules or thresholds.</summary>
/// <param name="Rules">Rules to try, all of them live; null for none.</param>
/// <param name="Without">Names of rules to leave out; null for none.</param>
/// <param name="Only">True to leave out every rule that was in force.</param>
/// <param name="ReviewAt">The risk from which a payment is flagged; null for the models' own outcome of then.</param>
/// <param name="DeclineAt">The risk from which a payment is declined; with <paramref name="ReviewAt"/>.</param>
/// <param name="From">Only payments made from then on, UTC; null for all.</param>
/// <param name="To">Only payments made before then, UTC; null for all.</param>
/// <param name="By">Who asks, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record BacktestRequest(
    IReadOnlyList<BacktestRule>? Rules = null, IReadOnlyList<string>? Without = null, bool Only = false, double? ReviewAt = null,
    double? DeclineAt = null, string? From = null, string? To = null, string? By = null, string? Why = null) : ISaysBy;

/// <summary>A backtest.</summary>
/// <param name="Id">Its number.</param>
/// <param name="State">Its state.</param>
/// <param name="Progress">The share of stored decisions that it has read, 0 to 1.</param>
/// <param name="By">Who asked.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Result">What it found; null until it is done.</param>
/// <param name="Fault">Why it failed; null if it did not.</param>
public sealed record BacktestReport(
    long Id, BacktestState State, double Progress, string By, string Why, DateTimeOffset At, BacktestRequest Request,
    BacktestResult? Result = null, string? Fault = null);

/// <summary>What a backtest found. An alert is a payment that is reviewed or declined.</summary>
/// <param name="Payments">The payments judged.</param>
/// <param name="Skipped">Payments decided with features that this release does not compute.</param>
/// <param name="Frauds">Those of all judged that labels call fraud.</param>
/// <param name="FraudAmount">Their sum in the reference currency.</param>
/// <param name="Before">As it was decided.</param>
/// <param name="After">As it would have been.</param>
/// <param name="Gained">Alerts that there would have been and were not.</param>
/// <param name="Lost">Alerts that there were and would not have been.</param>
/// <param name="Rules">The rules to try.</param>
/// <param name="Days">By day of the event time, UTC.</param>
/// <param name="GainedExamples">Alerts gained, at most 20, frauds first.</param>
/// <param name="LostExamples">Alerts lost, at most 20, frauds first.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record BacktestResult(
    long Payments, long Skipped, long Frauds, double FraudAmount, BacktestSide Before, BacktestSide After, long Gained, long Lost,
    IReadOnlyList<BacktestRuleResult> Rules, IReadOnlyList<BacktestDay> Days, IReadOnlyList<BacktestExample> GainedExamples,
    IReadOnlyList<BacktestExample> LostExamples, double Seconds);

/// <summary>One side of the comparison.</summary>
/// <param name="Alerts">Payments reviewed or declined.</param>
/// <param name="Declines">Payments declined.</param>
/// <param name="Frauds">Alerts that labels call fraud.</param>
/// <param name="Genuine">Alerts that labels call genuine.</param>
/// <param name="Amount">The sum of all alerts in the reference currency.</param>
/// <param name="FraudAmount">The sum of those that labels call fraud.</param>
/// <param name="Precision">The share of frauds among labelled alerts; null without any.</param>
/// <param name="Recall">The share of labelled frauds that are alerts; null without any.</param>
public sealed record BacktestSide(
    long Alerts, long Declines, long Frauds, long Genuine, double Amount, double FraudAmount, double? Precision, double? Recall);

/// <summary>What a rule to try did.</summary>
/// <param name="Name">The rule.</param>
/// <param name="Matches">The payments that it matched, of cards in its share.</param>
/// <param name="Frauds">Those that labels call fraud.</param>
/// <param name="Genuine">Those that labels call genuine.</param>
/// <param name="Gained">Alerts gained among them.</param>
/// <param name="Lost">Alerts lost among them.</param>
public sealed record BacktestRuleResult(string Name, long Matches, long Frauds, long Genuine, long Gained, long Lost);

/// <summary>A day of a backtest.</summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Payments">The payments judged.</param>
/// <param name="AlertsBefore">Alerts as it was decided.</param>
/// <param name="AlertsAfter">Alerts as it would have been.</param>
/// <param name="FraudsBefore">Frauds among the first.</param>
/// <param name="FraudsAfter">Frauds among the second.</param>
public sealed record BacktestDay(DateOnly Day, long Payments, long AlertsBefore, long AlertsAfter, long FraudsBefore, long FraudsAfter);

/// <summary>A payment whose outcome would have been another one.</summary>
/// <param name="TransactionId">The transaction.</param>
/// <param name="EventTime">When it was paid, UTC.</param>
/// <param name="Amount">The amount in the reference currency; 0 if its currency has no rate.</param>
/// <param name="Before">The outcome.</param>
/// <param name="After">The outcome as it would have been.</param>
/// <param name="IsFraud">What labels say; null if there is none.</param>
public sealed record BacktestExample(
    string TransactionId, DateTimeOffset EventTime, double Amount, DecisionOutcome Before, DecisionOutcome After, bool? IsFraud);
