using Aegis.Client;
using Aegis.Core.Transactions;
using Aegis.Scoring.Storage;
using CsvHelper;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/audit</c>: who changed what, and who looked at full records.</summary>
internal static class AuditEndpoints
{
    private const int MaxPageSize = 500;
    private const int LinesPerFlush = 1_000;
    private static readonly string[] Columns = ["number", "at", "who", "action", "subject", "status", "digest", "before", "hash"];

    public static IEndpointRouteBuilder MapAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/audit", List).WithSummary("The audit trail, newest first: who changed what, and who looked at full records.")
            .Produces<AuditPage>().ProducesProblem(400);
        routes.MapGet("/audit/csv", Export).WithSummary("The whole audit trail as CSV, oldest first.")
            .Produces<string>(200, "text/csv");
        routes.MapGet("/audit/verify", (AuditStore store, string? last = null) => store.Verify(last))
            .WithSummary("Checks the chain of the audit trail, and that an entry whose hash was noted elsewhere is still in it.")
            .Produces<AuditVerification>();
        return routes;
    }

    private static Results<Ok<AuditPage>, ProblemHttpResult> List(
        AuditStore store, string? who = null, string? before = null, string? limit = null)
    {
        var faults = new List<TransactionFault>();
        var from = QueryRules.Number("before", before, long.MaxValue, faults);
        var most = (int)(QueryRules.Number("limit", limit, MaxPageSize, faults) ?? 100);
        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var page = store.List(who, from, most);
        return TypedResults.Ok(new AuditPage(page, page.Count == most ? page[^1].Number : null));
    }

    private static async Task Export(HttpContext context, AuditStore store)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        await using var stream = context.Response.BodyWriter.AsStream(leaveOpen: true);
        using var csv = CsvWriter.Create(stream);
        csv.WriteRecord(Columns);
        var count = 0;
        foreach (var entry in store.All())
        {
            csv.WriteRecord([
                $"{entry.Number}", $"{entry.At:O}", CsvBody.Safe(entry.Who), CsvBody.Safe(entry.Action), CsvBody.Safe(entry.Subject),
                $"{entry.Status}", entry.Digest, entry.Before, entry.Hash]);
            if (++count % LinesPerFlush == 0)
            {
                csv.Flush();
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }
    }
}
