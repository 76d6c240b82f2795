using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Rules.Compiling;
using Aegis.Rules.Language;
using Aegis.Rules.Names;
using Aegis.Rules.Sets;
using Aegis.Scoring.Backtests;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/rules</c>.</summary>
internal static class RuleEndpoints
{
    private static readonly RuleState[] Steps = [RuleState.Shadow, RuleState.Live, RuleState.Paused, RuleState.Retired];

    // Paths of their own below /rules.
    private static readonly string[] NoNames = ["check", "names", "sets"];

    public static IEndpointRouteBuilder MapRules(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/rules", (RuleStore store, ModelRegistry models) => All(store, models))
            .WithSummary("All rules: of each the newest version, and those before it that are in shadow or live.").Produces<RuleList>();
        routes.MapGet("/rules/names", (ModelRegistry models) => Names(models.Rules.Names))
            .WithSummary("The names that conditions may use.").Produces<IReadOnlyList<RuleNameReport>>();
        routes.MapGet("/rules/sets/{version}", FindSet)
            .WithSummary("A set of rules that was in force; every decision names its own.").Produces<RuleSet>().ProducesProblem(404);
        routes.MapGet("/rules/{name}", Find)
            .WithSummary("All versions of a rule with their steps, newest first.").Produces<IReadOnlyList<RuleReport>>()
            .ProducesProblem(404);
        routes.MapPut("/rules/{name}", Write)
            .WithSummary("Writes a new version of a rule as a draft. It changes nothing that is in force.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<RuleReport>(201).ProducesProblem(400)
            .ProducesProblem(503);
        routes.MapPost("/rules/{name}/state", Step)
            .WithSummary("Brings a version of a rule into shadow or live, or takes it out, from the next payment of each shard on.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<RuleReport>(202).ProducesProblem(400)
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        routes.MapPost("/rules/check", Check)
            .WithSummary("Checks a condition without writing it down.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").NotAudited("it changes nothing")
            .Produces<RuleCheck>().ProducesProblem(400);
        return routes;
    }

    private static RuleList All(RuleStore store, ModelRegistry models) => new(
        models.Rules.InForce,
        [.. store.All().GroupBy(rule => rule.Name).SelectMany(versions => versions.Where(rule => rule.IsInUse || rule == versions.Last()))
            .Select(rule => Described(store, rule))]);

    private static IReadOnlyList<RuleNameReport> Names(RuleNames names) =>
        [.. names.Payment.Concat(names.Scores).Concat(names.Features).Select(name => new RuleNameReport(
            name.Name, name.IsText ? "text" : "number", name.Meaning, name.Missing, name.IsText ? name.AllowedTexts : null))];

    private static Results<Ok<RuleSet>, ProblemHttpResult> FindSet(string version, RuleStore store) =>
        store.Set(version) is { } set ? TypedResults.Ok(set)
        : Problems.Of(404, "No such rules", $"The store holds no rules '{version}'; allowed: the rulesVersion of a decision.");

    private static Results<Ok<IReadOnlyList<RuleReport>>, ProblemHttpResult> Find(string name, RuleStore store)
    {
        IReadOnlyList<RuleReport> versions =
            [.. store.All().Where(rule => rule.Name == name).Reverse().Select(rule => Described(store, rule))];
        return versions.Count > 0 ? TypedResults.Ok(versions) : NoRule(name, version: null);
    }

    private static Results<Created<RuleReport>, ProblemHttpResult> Write(
        string name, RuleRequest request, RuleLife life, RuleStore store, ModelRegistry models)
    {
        var faults = new List<TransactionFault>();
        if (!RuleDefinition.IsName(name) || NoNames.Contains(name))
        {
            faults.Add(TransactionFault.Of(
                "name", name,
                $"1 to {RuleDefinition.MaxNameLength} of a-z 0-9 -, beginning with a letter; not {string.Join(", ", NoNames)}"));
        }

        ChangeRules.CheckPerson(request.By, request.Why, faults);
        ChangeRules.CheckText("description", request.Description, faults);
        var definition = new RuleDefinition
        {
            When = request.When ?? "", Then = ChangeRules.Named("then", request.Then, Enum.GetValues<DecisionOutcome>(), faults),
            Points = request.Points, Tag = request.Tag, Description = request.Description,
        };
        faults.AddRange(definition.Faults(models.Rules.Names));
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var rule = life.Write(name, definition, request.By!, request.Why!);
        return TypedResults.Created($"/rules/{name}", Described(store, rule));
    }

    private static async Task<Results<Accepted<RuleReport>, ProblemHttpResult>> Step(
        string name, RuleStepRequest request, RuleLife life, RuleStore store, SuiteRunner suites)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(request.By, request.Why, faults);
        var state = ChangeRules.Named("state", request.State ?? "", Steps, faults);
        if (!(request.Share is > 0 and <= 1))
        {
            faults.Add(TransactionFault.Of("share", $"{request.Share}", "above 0, at most 1"));
        }

        if (state != RuleState.Live && request.Share != 1)
        {
            faults.Add(TransactionFault.Of("share", $"{request.Share}", "1 unless the state is live"));
        }

        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        if (state == RuleState.Live && store.All().LastOrDefault(
            rule => rule.Name == name && (request.Version is null || rule.Version == request.Version)) is { } candidate
            && suites.Objection(candidate) is { } objection)
        {
            return Problems.Of(
                409, "A suite stops the rule", $"Rule '{name}' does not go live: {objection} Change the rule, or the suite if it expects the wrong thing.");
        }

        try
        {
            return await life.StepAsync(name, request.Version, state!.Value, request.Share, request.By!, request.Why!)
                is { } rule ? TypedResults.Accepted((string?)null, Described(store, rule)) : NoRule(name, request.Version);
        }
        catch (RuleException e)
        {
            return Problems.Of(409, "The step cannot be taken", e.Message);
        }
    }

    private static Results<Ok<RuleCheck>, ProblemHttpResult> Check(RuleCheckRequest request, ModelRegistry models)
    {
        try
        {
            return TypedResults.Ok(new RuleCheck(RuleBook.NamesOf(request.When ?? "", models.Rules.Names)));
        }
        catch (RuleFaultException e)
        {
            return Problems.Of(400, "The condition has a fault", e.Message);
        }
    }

    private static ProblemHttpResult NoRule(string name, int? version) => Problems.Of(
        404, "No such rule",
        $"There is no {(version is null ? "" : $"version {version} of ")}rule '{name}'; allowed: one that GET /rules lists.");

    private static RuleReport Described(RuleStore store, StoredRule rule) => new(
        rule.Name, rule.Version, rule.Definition.When, rule.Definition.Then, rule.Definition.Points, rule.Definition.Tag,
        rule.Definition.Description, rule.State, rule.Share, store.Matches(rule.Id), store.Steps(rule.Id));
}
