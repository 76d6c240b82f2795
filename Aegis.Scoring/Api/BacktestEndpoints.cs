using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Rules.Names;
using Aegis.Rules.Sets;
using Aegis.Scoring.Backtests;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/backtests</c>.</summary>
internal static class BacktestEndpoints
{
    public static IEndpointRouteBuilder MapBacktests(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/backtests", (BacktestStore store) => store.List())
            .WithSummary("The newest backtests, newest first, without their results.").Produces<IReadOnlyList<BacktestReport>>();
        routes.MapPost("/backtests", Begin)
            .WithSummary("Decides stored payments again with other rules or thresholds, and the scores, features and lists of then.")
            .TakesBody(1 << 20, "application/json").Produces<BacktestReport>(202).ProducesProblem(400).ProducesProblem(409);
        routes.MapGet("/backtests/{id}", Find).WithSummary("A backtest: its progress, and its result once it is done.")
            .Produces<BacktestReport>().ProducesProblem(404);
        routes.MapPost("/backtests/{id}/cancel", Cancel).WithSummary("Ends a backtest that runs.").Produces<BacktestReport>()
            .ProducesProblem(404);
        return routes;
    }

    private static Results<Accepted<BacktestReport>, ProblemHttpResult> Begin(
        BacktestRequest request, BacktestRunner runner, RuleStore rules, ModelRegistry models)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(request.By, request.Why, faults);
        var plan = Plan(request, rules, models, faults);
        if (plan is { Rules.Count: 0, Without.Count: 0, Only: false } && request.ReviewAt is null)
        {
            faults.Add(TransactionFault.Of("rules", null, "rules, without, only or thresholds: something that differs"));
        }

        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var (begun, running) = runner.Begin(request, plan);
        return begun is not null
            ? TypedResults.Accepted($"/backtests/{begun.Id}", begun)
            : Problems.Of(409, "Another backtest runs", $"Backtest {running} runs; allowed: one at a time. Wait for it or cancel it.");
    }

    private static Results<Ok<BacktestReport>, ProblemHttpResult> Find(string id, BacktestRunner runner) =>
        CaseEndpoints.Number(id) is { } number && runner.Find(number) is { } report ? TypedResults.Ok(report) : NoBacktest(id);

    private static async Task<Results<Ok<BacktestReport>, ProblemHttpResult>> Cancel(string id, BacktestRunner runner) =>
        CaseEndpoints.Number(id) is { } number && await runner.CancelAsync(number) is { } report
            ? TypedResults.Ok(report)
            : NoBacktest(id);

    private static ProblemHttpResult NoBacktest(string id) =>
        Problems.Of(404, "No such backtest", $"There is no backtest '{id}'; allowed: one that GET /backtests lists.");

    /// <summary>What a request asks for; faults are noted.</summary>
    public static BacktestPlan Plan(BacktestRequest request, RuleStore rules, ModelRegistry models, List<TransactionFault> faults)
    {
        var (stored, names) = (rules.All(), models.Rules.Names);
        var tried = (request.Rules ?? []).Take(RuleSet.MaxRules)
            .Select((rule, i) => Rule(rule, $"rules[{i}]", stored, names, faults)).ToList();
        var doubled = tried.GroupBy(rule => rule.Name).FirstOrDefault(named => named.Count() > 1);
        if (doubled is not null)
        {
            faults.Add(TransactionFault.Of("rules", $"'{doubled.Key}' twice", "each name once"));
        }

        if (request.Rules?.Count > RuleSet.MaxRules)
        {
            faults.Add(TransactionFault.Of("rules", $"{request.Rules.Count} items", $"at most {RuleSet.MaxRules}"));
        }

        var from = Time("from", request.From, faults) ?? DateTimeOffset.MinValue;
        var to = Time("to", request.To, faults) ?? DateTimeOffset.MaxValue;
        if (to <= from)
        {
            faults.Add(TransactionFault.Of("to", request.To, "later than from"));
        }

        return new BacktestPlan(
            tried, new HashSet<string>((request.Without ?? []).OfType<string>()), request.Only, Thresholds(request, faults),
            from.ToUnixTimeMilliseconds(), to.ToUnixTimeMilliseconds());
    }

    private static (string Name, RuleDefinition Definition, double Share) Rule(
        BacktestRule? rule, string field, IReadOnlyList<StoredRule> stored, RuleNames names, List<TransactionFault> faults)
    {
        var name = rule?.Name ?? "";
        if (!RuleDefinition.IsName(name))
        {
            faults.Add(TransactionFault.Of($"{field}.name", rule?.Name, $"1 to {RuleDefinition.MaxNameLength} of a-z 0-9 -"));
        }

        if (!(rule?.Share is > 0 and <= 1))
        {
            faults.Add(TransactionFault.Of($"{field}.share", $"{rule?.Share}", "above 0, at most 1"));
        }

        if (rule?.When is null)
        {
            var newest = stored.LastOrDefault(version => version.Name == name);
            if (newest is null)
            {
                faults.Add(TransactionFault.Of($"{field}.when", null, "a condition, or the name of a rule that GET /rules lists"));
            }

            return (name, newest?.Definition ?? new RuleDefinition { When = "" }, rule?.Share ?? 1);
        }

        var definition = new RuleDefinition
        {
            When = rule.When, Then = ChangeRules.Named($"{field}.then", rule.Then, Enum.GetValues<DecisionOutcome>(), faults),
            Points = rule.Points, Tag = rule.Then is null && rule.Points == 0 ? "tried" : null,
        };
        faults.AddRange(definition.Faults(names).Select(fault => fault with { Field = $"{field}.{fault.Field}" }));
        return (name, definition, rule.Share);
    }

    private static (double, double)? Thresholds(BacktestRequest request, List<TransactionFault> faults)
    {
        if (request is { ReviewAt: null, DeclineAt: null })
        {
            return null;
        }

        if (request is { ReviewAt: >= 0 and var review, DeclineAt: { } decline } && decline >= review && double.IsFinite(decline))
        {
            return (review, decline);
        }

        faults.Add(TransactionFault.Of(
            "reviewAt", $"{request.ReviewAt}", "0 and more, with declineAt not below it; or neither of both"));
        return null;
    }

    private static DateTimeOffset? Time(string field, string? text, List<TransactionFault> faults)
    {
        if (text is null)
        {
            return null;
        }

        if (WrittenTime.TryParse(text, out var time))
        {
            return time;
        }

        faults.Add(TransactionFault.Of(field, text, $"{WrittenTime.Allowed}, or nothing"));
        return null;
    }
}
