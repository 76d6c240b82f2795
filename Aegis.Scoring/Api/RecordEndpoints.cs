using System.Text;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Models;
using Aegis.Scoring.Records;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/decisions/{id}/record</c> and <c>/decisions/{id}/verify</c>.</summary>
internal static class RecordEndpoints
{
    private static readonly string[] Formats = ["json", "html"];

    public static IEndpointRouteBuilder MapRecords(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"{DecisionEndpoints.One}/record", Record)
            .WithSummary("Everything about one decision, as JSON, or with format=html as a page to print: payment, reasons, detectors, rules, lists, thresholds, versions, verdicts, and the decision computed again.")
            .ShowsRecord().Produces<DecisionRecord>().Produces<string>(200, "text/html").ProducesProblem(400).ProducesProblem(404);
        routes.MapPost($"{DecisionEndpoints.One}/verify", Verify)
            .WithSummary("Computes a decision again from what is stored with it, and compares every value to the last bit.")
            .ShowsRecord().Produces<DecisionVerification>().ProducesProblem(404).ProducesProblem(409);
        return routes;
    }

    private static async Task<Results<Ok<DecisionRecord>, ContentHttpResult, ProblemHttpResult>> Record(
        string id, HttpContext context, DecisionStore store, ReadYourWrites writes, DecisionRecords records, ReasonsOnRequest reasons,
        string? format = null)
    {
        if (format is not null && !Formats.Contains(format))
        {
            return Problems.Invalid("format", format, string.Join(", ", Formats));
        }

        if (await FindAsync(id, store, writes, context.RequestAborted) is not { } stored)
        {
            return None(id);
        }

        var record = records.Of(stored, reasons.Explain);
        if (format != "html")
        {
            return TypedResults.Ok(record);
        }

        context.Response.Headers.ContentSecurityPolicy = RecordPage.Policy;
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Content(RecordPage.Of(record), "text/html", Encoding.UTF8);
    }

    private static async Task<Results<Ok<DecisionVerification>, ProblemHttpResult>> Verify(
        string id, DecisionStore store, ReadYourWrites writes, DecisionRepeat repeat, CancellationToken cancel) =>
        await FindAsync(id, store, writes, cancel) is not { } stored ? None(id)
        : repeat.Repeat(stored) is { } verification ? TypedResults.Ok(verification)
        : Problems.Of(
            409, "The decision cannot be computed again", "This release computes other features than the decision's, or the store lacks its model, rates or rules. Use the release that decided.");

    private static async Task<StoredDecision?> FindAsync(string id, DecisionStore store, ReadYourWrites writes, CancellationToken cancel)
    {
        if (store.FindStored(id) is { } found)
        {
            return found;
        }

        await writes.WaitAsync(cancel);
        return store.FindStored(id);
    }

    private static ProblemHttpResult None(string id) =>
        Problems.Of(404, "No such decision", $"No transaction with id '{CardNumbers.Mask(id)}' has been decided.");
}
