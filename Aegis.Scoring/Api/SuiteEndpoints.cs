using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Transactions;
using Aegis.Rules.Sets;
using Aegis.Scoring.Backtests;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Aegis.Streams.Entries;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/suites</c>: made-up payments with the outcome expected of each.</summary>
internal static class SuiteEndpoints
{
    private const int MaxPayments = 1_000;
    private const int MaxSuites = 100;
    private static readonly string[] Expectations = ["approve", "review", "decline", "flagged"];

    public static IEndpointRouteBuilder MapSuites(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/suites", (SuiteStore suites) => suites.All()).WithSummary("All suites, by name.")
            .Produces<IReadOnlyList<SuiteReport>>();
        routes.MapGet("/suites/{name}", (string name, SuiteStore suites) => Find(name, suites)).WithSummary("A suite.")
            .Produces<SuiteReport>().ProducesProblem(404);
        routes.MapPut("/suites/{name}", Write)
            .WithSummary("Writes a suite, or a new version of it: made-up payments with the outcome expected of each. All suites run before a rule goes live.")
            .TakesBody(1 << 20, "application/json").Produces<SuiteReport>(201).ProducesProblem(400).ProducesProblem(409);
        routes.MapPost("/suites/{name}/remove", Remove).WithSummary("Removes a suite; its versions are kept.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<SuiteReport>().ProducesProblem(400).ProducesProblem(404);
        routes.MapPost("/suites/{name}/run", Run)
            .WithSummary("Runs a suite by the model, thresholds and lists in force, and the rules in force or others to try.")
            .TakesBody(1 << 20, "application/json").NotAudited("it changes nothing")
            .Produces<SuiteRun>().ProducesProblem(400).ProducesProblem(404);
        return routes;
    }

    private static Results<Ok<SuiteReport>, ProblemHttpResult> Find(string name, SuiteStore suites) =>
        suites.Find(name) is { } suite ? TypedResults.Ok(suite) : NoSuite(name);

    private static Results<Created<SuiteReport>, ProblemHttpResult> Write(
        string name, SuiteRequest request, SuiteStore suites, CardTokeniser tokeniser, TimeProvider time)
    {
        var faults = new List<TransactionFault>();
        if (!RuleDefinition.IsName(name))
        {
            faults.Add(TransactionFault.Of("name", name, $"1 to {RuleDefinition.MaxNameLength} of a-z 0-9 -, beginning with a letter"));
        }

        ChangeRules.CheckPerson(request.By, request.Why, faults);
        ChangeRules.CheckText("description", request.Description, faults);
        var payments = Payments(request.Payments ?? [], tokeniser, time.GetUtcNow(), faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        if (suites.All() is var all && all.Count >= MaxSuites && all.All(suite => suite.Name != name))
        {
            return Problems.Of(409, "There are too many suites", $"There are {all.Count} suites; allowed: {MaxSuites}. Remove one first.");
        }

        var written = new SuiteReport(name, request.Description, payments, request.By!, request.Why!, time.GetUtcNow());
        suites.Write(written);
        return TypedResults.Created($"/suites/{name}", written);
    }

    private static List<SuitePayment> Payments(
        IReadOnlyList<SuitePaymentRequest?> requests, CardTokeniser tokeniser, DateTimeOffset now, List<TransactionFault> faults)
    {
        if (requests.Count is 0 or > MaxPayments)
        {
            faults.Add(TransactionFault.Of("payments", $"{requests.Count} payments", $"1 to {MaxPayments}"));
            return [];
        }

        if (requests.All(request => request?.Expect is null))
        {
            faults.Add(TransactionFault.Of("payments", "no expectation", "expect in at least one payment"));
        }

        var payments = new List<SuitePayment>();
        foreach (var (index, request) in requests.Index())
        {
            if (request is null || request.Payment.ValueKind == JsonValueKind.Undefined)
            {
                faults.Add(TransactionFault.Of($"payments[{index}].payment", null, "a payment as POST /decisions takes it"));
                continue;
            }

            if (request.Expect is { } expect && !Expectations.Contains(expect))
            {
                faults.Add(TransactionFault.Of($"payments[{index}].expect", expect, $"{string.Join(", ", Expectations)}, or nothing"));
            }

            var found = new List<TransactionFault>();
            if (TransactionJson.Read(request.Payment, tokeniser, now, found) is { } transaction)
            {
                payments.Add(new SuitePayment(transaction, request.Expect));
            }

            faults.AddRange(found.Select(fault => fault with { Field = $"payments[{index}].payment.{fault.Field}" }));
        }

        if (payments.GroupBy(payment => payment.Transaction.Id).FirstOrDefault(same => same.Count() > 1) is { } doubled)
        {
            faults.Add(TransactionFault.Of("payments", $"id '{doubled.Key}' twice", "each id once"));
        }

        return payments;
    }

    private static Results<Ok<SuiteReport>, ProblemHttpResult> Remove(
        string name, SuiteRemoval request, SuiteStore suites, TimeProvider time)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(request.By, request.Why, faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        if (suites.Find(name) is not { } suite)
        {
            return NoSuite(name);
        }

        suites.Remove(name, request.By!, request.Why!, time.GetUtcNow());
        return TypedResults.Ok(suite);
    }

    private static Results<Ok<SuiteRun>, ProblemHttpResult> Run(
        string name, SuiteRunRequest request, SuiteStore suites, SuiteRunner runner, RuleStore rules, ModelRegistry models)
    {
        var faults = new List<TransactionFault>();
        var plan = BacktestEndpoints.Plan(new BacktestRequest(request.Rules, request.Without, request.Only), rules, models, faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        return suites.Find(name) is { } suite
            ? TypedResults.Ok(runner.Run(suite, plan.BookFor(runner.RulesInForce(), models.Rules.Names)))
            : NoSuite(name);
    }

    private static ProblemHttpResult NoSuite(string name) =>
        Problems.Of(404, "No such suite", $"There is no suite '{name}'; allowed: one that GET /suites lists.");
}
