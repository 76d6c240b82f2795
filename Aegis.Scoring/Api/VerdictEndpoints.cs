using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Rules.Lists;
using Aegis.Rules.Names;
using Aegis.Scoring.Cases;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/verdicts</c>.</summary>
internal static class VerdictEndpoints
{
    private const string Json = "application/json";
    private const int MaxTransactions = 1_000;

    public static IEndpointRouteBuilder MapVerdicts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/verdicts", Of).WithSummary("The verdicts on a transaction, oldest first; the last that is not undone is in force.")
            .Produces<IReadOnlyList<VerdictReport>>().ProducesProblem(400);
        routes.MapPost("/verdicts", Give)
            .WithSummary("Gives a verdict on payments or on a case's undecided alerts; with a fraud also puts card and device onto lists.")
            .TakesBody(1 << 20, Json).Produces<VerdictReport>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409)
            .ProducesProblem(503);
        routes.MapPost("/verdicts/{id}/undo", Undo)
            .WithSummary("Undoes a verdict within ten minutes, and takes off the lists what it put there.")
            .TakesBody(RequestReader.MaxSingleBytes, Json).Produces<VerdictReport>().ProducesProblem(400).ProducesProblem(404)
            .ProducesProblem(409).ProducesProblem(503);
        return routes;
    }

    private static Results<Ok<IReadOnlyList<VerdictReport>>, ProblemHttpResult> Of(VerdictStore verdicts, string? transaction = null) =>
        TransactionRules.IsId(transaction) ? TypedResults.Ok(verdicts.Of(transaction!, CaseDesk.Undoable))
        : Problems.Invalid("transaction", transaction, TransactionRules.AllowedId);

    private static async Task<Results<Created<VerdictReport>, ProblemHttpResult>> Give(
        VerdictRequest request, CaseDesk desk, CaseReader cases, VerdictStore verdicts, DecisionStore decisions, ListReader lists,
        TimeProvider time)
    {
        var faults = new List<TransactionFault>();
        var verdict = Verdict(request, faults);
        var onto = Lists(request, lists, faults);
        CheckTargets(request, faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        if (request.Case is { } id && cases.Find(id, time.GetUtcNow()) is null)
        {
            return CaseEndpoints.Problem(new CaseAnswer(CaseEnding.Missing, null), $"{id}");
        }

        var transactions = request.Case is { } number ? verdicts.Undecided(number) : [.. request.Transactions!.Distinct()];
        if (transactions.Count == 0)
        {
            return Problems.Of(
                409, "Nothing to judge", $"Case {request.Case} has no undecided alert; name transactions to judge them again.");
        }

        if (request.Case is null && transactions.FirstOrDefault(transaction => decisions.Find(transaction) is null) is { } unknown)
        {
            return Problems.Of(
                404, "No such transaction", $"transactions has '{CardNumbers.Mask(unknown)}'; allowed: ids of transactions that have been decided.");
        }

        var (given, locked) = await desk.JudgeAsync(verdict!, transactions, request.By!, onto);
        return given is not null
            ? TypedResults.Created($"/verdicts?transaction={Uri.EscapeDataString(given.Transactions[0])}", given)
            : CaseEndpoints.Problem(new CaseAnswer(CaseEnding.Locked, locked), $"{locked!.Id}");
    }

    private static async Task<Results<Ok<VerdictReport>, ProblemHttpResult>> Undo(string id, VerdictUndoRequest request, CaseDesk desk)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(request.By, request.Why, faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var found = CaseEndpoints.Number(id) is { } number ? await desk.UndoAsync(number, request.By!, request.Why!) : null;
        return found switch
        {
            null => Problems.Of(404, "No such verdict", $"There is no verdict '{id}'; allowed: the id that POST /verdicts answers."),
            { Undone: { } undone } when undone.By == request.By && undone.Why == request.Why => TypedResults.Ok(found),
            { Undone: { } undone } => Problems.Of(409, "It is undone", $"'{undone.By}' has undone verdict {found.Id} already."),
            _ => Problems.Of(
                409, "Too late", $"Verdict {found.Id} could be undone until {found.UndoableUntil:yyyy-MM-ddTHH:mm:ssZ}; allowed now: another verdict."),
        };
    }

    private static NewVerdict? Verdict(VerdictRequest request, List<TransactionFault> faults)
    {
        ChangeRules.CheckName(request.By, faults);
        ChangeRules.CheckText("note", request.Note, faults);
        if (ChangeRules.Named("verdict", request.Verdict ?? "", Enum.GetValues<VerdictKind>(), faults) is not { } kind)
        {
            return null;
        }

        var reasons = VerdictReasons.Of(kind).Select(reason => reason.Code).ToList();
        if (request.Reason is null || !reasons.Contains(request.Reason))
        {
            faults.Add(TransactionFault.Of("reason", request.Reason, string.Join(", ", reasons)));
        }

        return new NewVerdict(kind, request.Reason ?? "", request.Note);
    }

    private static List<ListInfo> Lists(VerdictRequest request, ListReader lists, List<TransactionFault> faults)
    {
        var onto = new List<ListInfo>();
        foreach (var (field, name, of) in new[]
            { ("blockCardOn", request.BlockCardOn, ListSubject.Card), ("listDeviceOn", request.ListDeviceOn, ListSubject.Device) })
        {
            if (name is null)
            {
                continue;
            }

            if (request.Verdict == "fraud" && lists.Find(name)?.List is { } list && list.Of == of)
            {
                onto.Add(list);
                continue;
            }

            faults.Add(TransactionFault.Of(field, name, $"with a fraud, the name of a list of {RuleNames.SubjectOf(of)}s; or nothing"));
        }

        return onto;
    }

    private static void CheckTargets(VerdictRequest request, List<TransactionFault> faults)
    {
        var count = request.Transactions?.Count;
        if (request.Case is null == count is null)
        {
            faults.Add(TransactionFault.Of("case", request.Case?.ToString(), "a case, or transactions, but not both"));
        }

        if (count is not (null or (>= 1 and <= MaxTransactions)))
        {
            faults.Add(TransactionFault.Of("transactions", $"{count} items", $"1 to {MaxTransactions} items"));
        }
        else if (request.Transactions?.Any(id => !TransactionRules.IsId(id)) == true)
        {
            var wrong = request.Transactions.First(id => !TransactionRules.IsId(id)) ?? "";
            faults.Add(TransactionFault.Of("transactions", CardNumbers.Mask(wrong), TransactionRules.AllowedId));
        }
    }
}
