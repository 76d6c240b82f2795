using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Rules.Lists;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/lists</c>.</summary>
internal static class ListEndpoints
{
    private const string Json = "application/json";
    private const string Csv = "text/csv";
    private const int MaxLists = 1_000;
    private const int MaxPage = 1_000;
    private const int Page = 100;

    public static IEndpointRouteBuilder MapLists(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/lists", All).WithSummary("All lists, by name.");
        routes.MapPut("/lists/{name}", Make)
            .WithSummary("Makes an empty list. What its entries are and what it does never change.")
            .TakesBody(RequestReader.MaxSingleBytes, Json).Produces<ListReport>(201).ProducesProblem(400).ProducesProblem(409);
        routes.MapGet("/lists/{name}", Find)
            .WithSummary("A list and a page of its entries, newest first; or the entry of one value.").Produces<ListPage>()
            .ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/lists/{name}/entries/{id}", FindEntry)
            .WithSummary("An entry by its number, which decisions name; also one that was removed.").Produces<ListEntryReport>()
            .ProducesProblem(404);
        routes.MapPost("/lists/{name}/entries", Put)
            .WithSummary("Puts entries on a list, all or none of them, from the next payment of each shard on.")
            .TakesBody(ScoringServices.MaxBodyBytes, Json).Produces<ListChanged>(202).ProducesProblem(400).ProducesProblem(404)
            .ProducesProblem(409).ProducesProblem(503);
        routes.MapPost("/lists/{name}/removals", Remove)
            .WithSummary("Removes values from a list, from the next payment of each shard on.")
            .TakesBody(ScoringServices.MaxBodyBytes, Json).Produces<ListChanged>(202).ProducesProblem(400).ProducesProblem(404)
            .ProducesProblem(503);
        routes.MapGet("/lists/{name}/csv", Export)
            .WithSummary("The entries of a list as CSV, oldest first, in the form that the import reads.").Produces<string>(200, Csv)
            .ProducesProblem(404);
        routes.MapPost("/lists/{name}/csv", Import)
            .WithSummary("Puts the entries of a CSV file on a list, all or none; with replace=true in place of those that stand there.")
            .TakesBody(ScoringServices.MaxBodyBytes, Csv).Produces<ListChanged>(202).ProducesProblem(400).ProducesProblem(404)
            .ProducesProblem(409).ProducesProblem(503);
        return routes;
    }

    private static IReadOnlyList<ListReport> All(ListReader reader)
    {
        var counts = reader.Counts();
        return [.. reader.All().Select(list => Described(list, counts))];
    }

    private static Results<Created<ListReport>, ProblemHttpResult> Make(
        string name, ListRequest request, ListStore store, ListReader reader, ListIntake intake)
    {
        var faults = new List<TransactionFault>();
        if (!ListInfo.IsName(name))
        {
            faults.Add(TransactionFault.Of("name", name, $"1 to {ListInfo.MaxNameLength} of a-z 0-9 _, beginning with a letter"));
        }

        ChangeRules.CheckPerson(request.By, request.Why, faults);
        ChangeRules.CheckText("description", request.Description, faults);
        var of = ChangeRules.Named("of", request.Of ?? "", Enum.GetValues<ListSubject>(), faults);
        var effect = ChangeRules.Named("effect", request.Effect ?? "", Enum.GetValues<ListEffect>(), faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        if (reader.All().Count >= MaxLists)
        {
            return Problems.Of(409, "Too many lists", $"There are {MaxLists} lists; allowed: {MaxLists}.");
        }

        return store.TryAdd(name, of!.Value, effect!.Value, request.Description, intake.Author(request.By!, request.Why!))
            ? TypedResults.Created($"/lists/{name}", Described(reader.Find(name)!, reader.Counts()))
            : Problems.Of(409, "The list is there", $"There is a list '{name}' already; allowed: another name.");
    }

    private static Results<Ok<ListPage>, ProblemHttpResult> Find(
        string name, ListReader reader, ListIntake intake, string? value = null, string? before = null,
        string? limit = null)
    {
        if (reader.Find(name) is not { } list)
        {
            return NoList(name);
        }

        var faults = new List<TransactionFault>();
        var kept = value is null ? null : intake.Value(list.List.Of, value, "value", faults);
        var most = QueryRules.Number("limit", limit, MaxPage, faults);
        var older = QueryRules.Number("before", before, long.MaxValue, faults);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var wanted = (int)(most ?? Page);
        var found = reader.Page(list.List, kept, older, wanted + 1);
        var page = found.Take(wanted).ToList();
        return TypedResults.Ok(new ListPage(Described(list, reader.Counts()), page, found.Count > wanted ? page[^1].Id : null));
    }

    private static Results<Ok<ListEntryReport>, ProblemHttpResult> FindEntry(string name, string id, ListReader reader) =>
        reader.Find(name) is not { List: var list } ? NoList(name)
        : long.TryParse(id, out var number) && reader.Find(list, number) is { } entry ? TypedResults.Ok(entry)
        : Problems.Of(404, "No such entry", $"List '{name}' never had an entry '{id}'; allowed: a number that a decision names.");

    private static async Task<Results<Accepted<ListChanged>, ProblemHttpResult>> Put(
        string name, ListEntriesRequest request, ListReader reader, ListControl control, ListIntake intake)
    {
        if (reader.Find(name) is not { List: var list })
        {
            return NoList(name);
        }

        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(request.By, request.Why, faults);
        CheckCount("entries", request.Entries?.Count, faults);
        var entries = (request.Entries ?? []).Take(ListIntake.MaxAtOnce).Select((entry, i) => intake.Entry(
            list.Of, entry?.Value, entry?.Reason, entry?.Until, $"entries[{i}].", faults)).ToList();
        return faults.Count > 0
            ? Problems.Invalid(faults)
            : Answer(await control.PutAsync(
                list, [.. entries.Select(entry => entry!.Value)], replaces: false, intake.Author(request.By!, request.Why!)));
    }

    private static async Task<Results<Accepted<ListChanged>, ProblemHttpResult>> Remove(
        string name, ListRemovalRequest request, ListReader reader, ListControl control, ListIntake intake)
    {
        if (reader.Find(name) is not { List: var list })
        {
            return NoList(name);
        }

        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(request.By, request.Why, faults);
        CheckCount("values", request.Values?.Count, faults);
        var values = (request.Values ?? []).Take(ListIntake.MaxAtOnce)
            .Select((value, i) => intake.Value(list.Of, value, $"values[{i}]", faults)).ToList();
        return faults.Count > 0
            ? Problems.Invalid(faults)
            : Answer(await control.RemoveAsync(list, [.. values.Select(value => value!)], intake.Author(request.By!, request.Why!)));
    }

    private static async Task Export(string name, HttpContext context, ListReader reader)
    {
        if (reader.Find(name) is not { List: var list })
        {
            await NoList(name).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = $"{Csv}; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        await ListCsv.WriteAsync(reader.All(list), context.Response.BodyWriter, context.RequestAborted);
    }

    private static async Task<Results<Accepted<ListChanged>, ProblemHttpResult>> Import(
        string name, HttpRequest request, ListReader reader, ListControl control, ListIntake intake, string? by = null, string? why = null,
        string? replace = null)
    {
        if (reader.Find(name) is not { List: var list })
        {
            return NoList(name);
        }

        var faults = new List<TransactionFault>();
        ChangeRules.CheckPerson(by, why, faults);
        if (replace is not (null or "true" or "false"))
        {
            faults.Add(TransactionFault.Of("replace", replace, "true or false"));
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        body.Position = 0;
        var entries = ListCsv.Read(body, list.Of, intake, faults);
        return faults.Count > 0
            ? Problems.Invalid(faults)
            : Answer(await control.PutAsync(list, entries, replace == "true", intake.Author(by!, why!)));
    }

    private static void CheckCount(string field, int? count, List<TransactionFault> faults)
    {
        if (count is not (>= 1 and <= ListIntake.MaxAtOnce))
        {
            faults.Add(TransactionFault.Of(field, count is null ? null : $"{count} items", $"1 to {ListIntake.MaxAtOnce} items"));
        }
    }

    private static Results<Accepted<ListChanged>, ProblemHttpResult> Answer(ListEffects? effects) => effects is { } done
        ? TypedResults.Accepted((string?)null, new ListChanged(done.Revision, done.Added, done.Removed))
        : Problems.Of(409, "The lists are full", $"There would be more than {ListStore.MaxEntries:N0} entries; remove some first.");

    private static ProblemHttpResult NoList(string name) =>
        Problems.Of(404, "No such list", $"There is no list '{name}'; allowed: one that GET /lists names.");

    private static ListReport Described(StoredList list, IReadOnlyDictionary<long, long> counts) => new(
        list.List.Name, list.List.Of, list.List.Effect, list.Description, list.Author, list.Reason, list.At,
        counts.GetValueOrDefault(list.List.Id));
}
