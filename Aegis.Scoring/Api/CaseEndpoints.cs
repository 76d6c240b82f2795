using System.Globalization;
using Aegis.Client;
using Aegis.Core.Transactions;
using Aegis.Scoring.Cases;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/cases</c>.</summary>
internal static class CaseEndpoints
{
    private const string Json = "application/json";
    private const int MaxNote = 4_000;
    private const int MaxPage = 500;
    private const int Page = 50;

    private static readonly Dictionary<string, CaseState[]> States = new()
    {
        ["unfinished"] = [CaseState.Open, CaseState.Waiting],
        ["open"] = [CaseState.Open],
        ["waiting"] = [CaseState.Waiting],
        ["closed"] = [CaseState.Closed],
        ["all"] = [CaseState.Open, CaseState.Waiting, CaseState.Closed],
    };

    public static IEndpointRouteBuilder MapCases(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/cases", List)
            .WithSummary("Cases, the alerts of one card each: by expected loss or by age, by filters and pages.").Produces<CasePage>()
            .ProducesProblem(400);
        routes.MapGet("/cases/{id}", Find).ShowsRecord().WithSummary("A case with its alerts, what happened to it, and its files.")
            .Produces<CaseReport>().ProducesProblem(404);
        Step(routes.MapPost("/cases/{id}/claim", Claim), "Takes a case: nobody else changes it until its owner gives it back or is idle.");
        Step(routes.MapPost("/cases/{id}/release", Release), "Gives a case back.");
        Step(routes.MapPost("/cases/{id}/notes", Note), "Adds a note to a case.");
        Step(routes.MapPost("/cases/{id}/state", Move), "Puts a case off until an answer comes, closes it, or opens it again.");
        return routes;
    }

    /// <summary>The problem of a change that was not made.</summary>
    public static ProblemHttpResult Problem(CaseAnswer answer, string id) => answer switch
    {
        { Ending: CaseEnding.Locked, Case: { } locked } => Problems.Of(
            409, "The case is taken",
            $"'{locked.Owner}' works on case {locked.Id} until {locked.OwnedUntil:yyyy-MM-ddTHH:mm:ssZ} and longer with each step; allowed: their own steps."),
        { Ending: CaseEnding.Refused, Case: { } refused } => Problems.Of(
            409, "The case does not allow it",
            $"Case {id} is {refused.State.ToString().ToLowerInvariant()}. A closed case can be opened while its card has no other unfinished one; only an open case can wait; only an unfinished one can be claimed or closed."),
        _ => Problems.Of(404, "No such case", $"There is no case '{id}'; allowed: one that GET /cases lists."),
    };

    /// <summary>The number of a case; null for anything else.</summary>
    public static long? Number(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Step(RouteHandlerBuilder route, string summary) => route.WithSummary(summary)
        .TakesBody(RequestReader.MaxSingleBytes, Json).Produces<CaseSummary>().ProducesProblem(400).ProducesProblem(404)
        .ProducesProblem(409);

    private static Results<Ok<CaseSummary>, ProblemHttpResult> Claim(string id, CaseClaimRequest request, CaseDesk desk) =>
        Answer(id, By(request.By), number => desk.Claim(number, request.By!));

    private static Results<Ok<CaseSummary>, ProblemHttpResult> Release(string id, CaseClaimRequest request, CaseDesk desk) =>
        Answer(id, By(request.By), number => desk.Release(number, request.By!));

    private static Results<Ok<CaseSummary>, ProblemHttpResult> Note(string id, CaseNoteRequest request, CaseDesk desk)
    {
        var faults = By(request.By);
        // Lines may break in a note.
        ChangeRules.CheckText("text", request.Text?.ReplaceLineEndings(" ") ?? "", faults, MaxNote);
        return Answer(id, faults, number => desk.Note(number, request.By!, request.Text!));
    }

    private static Results<Ok<CaseSummary>, ProblemHttpResult> Move(string id, CaseStateRequest request, CaseDesk desk)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(request.By, request.Why, faults);
        var state = ChangeRules.Named("state", request.State ?? "", Enum.GetValues<CaseState>(), faults);
        return Answer(id, faults, number => desk.Move(number, state!.Value, request.By!, request.Why!));
    }

    private static Results<Ok<CaseSummary>, ProblemHttpResult> Answer(
        string id, List<TransactionFault> faults, Func<long, CaseAnswer> change)
    {
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var answer = Number(id) is { } number ? change(number) : new CaseAnswer(CaseEnding.Missing, null);
        return answer.Ending == CaseEnding.Done ? TypedResults.Ok(answer.Case!) : Problem(answer, id);
    }

    private static Results<Ok<CasePage>, ProblemHttpResult> List(
        CaseReader cases, TimeProvider time, string? state = null, string? owner = null, string? card = null, string? order = null,
        string? after = null, string? limit = null)
    {
        var faults = new List<TransactionFault>();
        if (!States.TryGetValue(state ?? "unfinished", out var states))
        {
            faults.Add(TransactionFault.Of("state", state, string.Join(", ", States.Keys)));
        }

        if (order is not (null or "priority" or "age"))
        {
            faults.Add(TransactionFault.Of("order", order, "priority, age"));
        }

        var most = (int)(QueryRules.Number("limit", limit, MaxPage, faults) ?? Page);
        var last = Cursor(after, faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var now = time.GetUtcNow();
        var found = cases.List(new CaseQuery(states!, owner, card, order != "age", last, most + 1), now);
        var page = found.Take(most).ToList();
        var counts = cases.Counts();
        var next = found.Count > most ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].Priority:R}_{page[^1].Id}") : null;
        return TypedResults.Ok(new CasePage(
            [.. page.Select(row => row.ToSummary(now))], next, counts.GetValueOrDefault(CaseState.Open),
            counts.GetValueOrDefault(CaseState.Waiting)));
    }

    private static (double, long)? Cursor(string? after, List<TransactionFault> faults)
    {
        if (after is null)
        {
            return null;
        }

        if (after.Split('_') is [var priority, var id] && Number(id) is { } number
            && double.TryParse(priority, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
        {
            return (value, number);
        }

        faults.Add(TransactionFault.Of("after", after, "the 'next' of the page before"));
        return null;
    }

    private static Results<Ok<CaseReport>, ProblemHttpResult> Find(string id, CaseReader cases, TimeProvider time) =>
        Number(id) is { } number && cases.Find(number, time.GetUtcNow()) is { } found
            ? TypedResults.Ok(found)
            : Problems.Of(404, "No such case", $"There is no case '{id}'; allowed: one that GET /cases lists.");

    private static List<TransactionFault> By(string? by)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckName(by, faults);
        return faults;
    }
}
