using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Faults;
using Aegis.Core.Transactions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>POST /labels</c>.</summary>
internal static class LabelEndpoints
{
    private const string NdJson = "application/x-ndjson";
    private const string Csv = "text/csv";

    public static IEndpointRouteBuilder MapLabels(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/labels", Accept).NotAudited("it is in the log")
            .WithSummary(
            "Says of decided transactions whether they were fraud: one label, an array, NDJSON, or CSV. Sending a label again is safe.")
            .RefusesWithoutSpace().RefusesWhileBehind().TakesBody(ScoringServices.MaxBodyBytes, "application/json", NdJson, Csv)
            .Produces<AcceptedLabels>(202).Produces<AcceptedLabels>(207).ProducesProblem(400).ProducesProblem(404).ProducesProblem(415)
            .ProducesProblem(503);
        return routes;
    }

    private static async Task<IResult> Accept(HttpRequest request, LabelIntake intake, TimeProvider time)
    {
        var cancel = request.HttpContext.RequestAborted;
        if (request.ContentType?.StartsWith(NdJson, StringComparison.OrdinalIgnoreCase) == true)
        {
            return await AcceptLines(request, intake, cancel);
        }

        if (request.ContentType?.StartsWith(Csv, StringComparison.OrdinalIgnoreCase) == true)
        {
            return await AcceptCsv(request, intake, time, cancel);
        }

        JsonDocument document;
        try
        {
            document = await JsonDocument.ParseAsync(request.Body, cancellationToken: cancel);
        }
        catch (JsonException e)
        {
            return Problems.Invalid([TransactionFault.Of("$", "not JSON", $"a JSON body; {FaultMessage.Of(e)}")]);
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? await AcceptArray(document.RootElement, intake, cancel)
                : await AcceptOne(document.RootElement, intake, cancel);
        }
    }

    private static async Task<IResult> AcceptOne(JsonElement json, LabelIntake intake, CancellationToken cancel)
    {
        var faults = new List<TransactionFault>();
        var label = intake.Read(json, faults, out var isUnknown);
        if (isUnknown)
        {
            await intake.CatchUpAsync(cancel);
            faults.Clear();
            label = intake.Read(json, faults, out isUnknown);
        }

        if (label is null)
        {
            return isUnknown ? Problems.Of(404, "No such transaction", $"{faults[0]}.") : Problems.Invalid(faults);
        }

        await intake.AppendAsync([label], cancel);
        return Answer(new AcceptedLabels(1, []));
    }

    private static async Task<IResult> AcceptArray(JsonElement array, LabelIntake intake, CancellationToken cancel)
    {
        var batch = new LabelBatch(intake);
        var item = 0;
        foreach (var json in array.EnumerateArray())
        {
            if (!batch.GoesOn(++item))
            {
                break;
            }

            await batch.AddAsync(item, json, cancel);
        }

        return Answer(await batch.FinishAsync(cancel));
    }

    private static async Task<IResult> AcceptLines(HttpRequest request, LabelIntake intake, CancellationToken cancel)
    {
        var batch = new LabelBatch(intake);
        using var lines = new StreamReader(request.Body);
        for (var number = 1; await lines.ReadLineAsync(cancel) is { } line && batch.GoesOn(number); number++)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                await batch.AddAsync(number, line, cancel);
            }
        }

        return Answer(await batch.FinishAsync(cancel));
    }

    private static async Task<IResult> AcceptCsv(HttpRequest request, LabelIntake intake, TimeProvider time, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancel);
        body.Position = 0;
        using var csv = new CsvBody(body, LabelCsv.Columns);
        if (csv.HeaderFault is { } wrong)
        {
            return Problems.Invalid([wrong]);
        }

        var batch = new LabelBatch(intake);
        while (csv.Advance() && batch.GoesOn((int)csv.Line))
        {
            if (csv.Fault is { } fault)
            {
                batch.Reject((int)csv.Line, fault);
            }
            else
            {
                await batch.AddAsync((int)csv.Line, LabelCsv.ToJson(csv, time.GetUtcNow()), cancel);
            }
        }

        return Answer(await batch.FinishAsync(cancel));
    }

    private static JsonHttpResult<AcceptedLabels> Answer(AcceptedLabels answer) =>
        TypedResults.Json(
            answer, statusCode: answer.Rejected.Count == 0 && answer.StoppedAt is null
                ? StatusCodes.Status202Accepted
                : StatusCodes.Status207MultiStatus);
}
