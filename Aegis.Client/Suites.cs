using System.Text.Json;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;

namespace Aegis.Client;

/// <summary>A made-up payment of a suite.</summary>
/// <param name="Payment">The payment, with the fields of <c>POST /decisions</c>.</param>
/// <param name="Expect">approve, review, decline, or flagged for either of the last two; null where it only makes a history.</param>
public sealed record SuitePaymentRequest(JsonElement Payment, string? Expect = null);

/// <summary>A suite to write.</summary>
/// <param name="Payments">The payments in order, 1 to 1,000, with at least one expectation.</param>
/// <param name="Description">What it is for, at most 500 characters.</param>
/// <param name="By">Who writes it, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record SuiteRequest(
    IReadOnlyList<SuitePaymentRequest>? Payments, string? Description = null, string? By = null, string? Why = null) : ISaysBy;

/// <summary>Who removes a suite and why.</summary>
/// <param name="By">Who removes it, 1 to 64 characters.</param>
/// <param name="Why">Why, 1 to 500 characters.</param>
public sealed record SuiteRemoval(string? By, string? Why) : ISaysBy;

/// <summary>A payment of a suite.</summary>
/// <param name="Transaction">The payment; a card number is exchanged for its token.</param>
/// <param name="Expect">approve, review, decline or flagged; null where nothing is expected.</param>
public sealed record SuitePayment(Transaction Transaction, string? Expect);

/// <summary>A suite.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Payments">The payments in order.</param>
/// <param name="By">Who wrote this version.</param>
/// <param name="Why">Why.</param>
/// <param name="At">When, UTC.</param>
public sealed record SuiteReport(
    string Name, string? Description, IReadOnlyList<SuitePayment> Payments, string By, string Why, DateTimeOffset At);

/// <summary>What a payment of a suite came to.</summary>
/// <param name="Id">The transaction's id.</param>
/// <param name="Expected">approve, review, decline or flagged; null where nothing is expected.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="ModelOutcome">The outcome by the models alone.</param>
/// <param name="Score">The score, 0 to 1,000.</param>
/// <param name="Rules">The rules that had a say.</param>
/// <param name="IsMet">True if the outcome is as expected, or nothing is expected.</param>
public sealed record SuiteResult(
    string Id, string? Expected, DecisionOutcome Outcome, DecisionOutcome ModelOutcome, double Score, IReadOnlyList<string> Rules,
    bool IsMet);

/// <summary>A run of a suite.</summary>
/// <param name="Suite">Its name.</param>
/// <param name="Passed">True if every expectation is met.</param>
/// <param name="Results">The payments in order.</param>
public sealed record SuiteRun(string Suite, bool Passed, IReadOnlyList<SuiteResult> Results);

/// <summary>What to run a suite with: rules as in a backtest, in the place of those in force.</summary>
/// <param name="Rules">Rules to try, all of them live; null for none.</param>
/// <param name="Without">Names of rules to leave out; null for none.</param>
/// <param name="Only">True to leave out every rule that is in force.</param>
public sealed record SuiteRunRequest(IReadOnlyList<BacktestRule>? Rules = null, IReadOnlyList<string>? Without = null, bool Only = false);
