using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/snoozes</c>: one rule decides nothing for one card or merchant until a date.</summary>
internal static class SnoozeEndpoints
{
    private static readonly ListSubject[] Subjects = [ListSubject.Card, ListSubject.Merchant];

    public static IEndpointRouteBuilder MapSnoozes(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/snoozes", (ListReader reader) => reader.Snoozes())
            .WithSummary("The snoozes that nobody has ended, newest first.").Produces<IReadOnlyList<SnoozeReport>>();
        routes.MapPost("/snoozes", Begin)
            .WithSummary("Makes a rule decide nothing for a card or merchant until a date; it still counts.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<ListChanged>(202).ProducesProblem(400)
            .ProducesProblem(404).ProducesProblem(503);
        routes.MapPost("/snoozes/{id}/end", End)
            .WithSummary("Ends a snooze before its time.").TakesBody(RequestReader.MaxSingleBytes, "application/json")
            .Produces<ListChanged>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
        return routes;
    }

    private static async Task<Results<Accepted<ListChanged>, ProblemHttpResult>> Begin(
        SnoozeRequest request, RuleStore rules, ListControl control, ListIntake intake)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(request.By, request.Why, faults);
        var of = ChangeRules.Named("of", request.Of ?? "", Subjects, faults);
        var value = of is { } subject ? intake.Value(subject, request.Value, "value", faults) : null;
        var until = intake.End(request.Until, "until", faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        if (rules.All().All(rule => rule.Name != request.Rule))
        {
            return Problems.Of(404, "No such rule", $"There is no rule '{request.Rule}'; allowed: one that GET /rules lists.");
        }

        var effects = await control.SnoozeAsync(
            request.Rule!, of!.Value, value!, until!.Value, intake.Author(request.By!, request.Why!));
        return Answer(effects);
    }

    private static async Task<Results<Accepted<ListChanged>, ProblemHttpResult>> End(
        string id, SnoozeEndRequest request, ListControl control, ListIntake intake)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(request.By, request.Why, faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        return long.TryParse(id, out var number)
            && await control.EndSnoozeAsync(number, intake.Author(request.By!, request.Why!)) is { Removed: > 0 } effects
                ? Answer(effects)
                : Problems.Of(404, "No such snooze", $"There is no snooze '{id}'; allowed: one that GET /snoozes lists.");
    }

    private static Accepted<ListChanged> Answer(ListEffects effects) =>
        TypedResults.Accepted((string?)null, new ListChanged(effects.Revision, effects.Added, effects.Removed));
}
