using System.Buffers;
using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/dead-letters</c>.</summary>
internal static class DeadLetterEndpoints
{
    private const int MaxPageSize = 500;
    private const int LettersPerFlush = 100;

    public static IEndpointRouteBuilder MapDeadLetters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/dead-letters", List)
            .WithSummary("Entries that could not be decided, newest first: those not driven again, or with state=all every one.");
        routes.MapGet("/dead-letters/export", Export).WithSummary("Every dead letter as NDJSON, oldest first.")
            .Produces(200, contentType: "application/x-ndjson");
        routes.MapGet("/dead-letters/{key}", Find).WithSummary("One dead letter.").Produces<DeadLetterView>().ProducesProblem(404);
        routes.MapPost("/dead-letters/{key}/drive", Drive)
            .WithSummary("Appends a dead letter to the log again: what it holds, or the transaction in the body.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").TakesTransaction().Produces<DrivenLetter>(202)
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(503);
        return routes;
    }

    private static Results<Ok<DeadLetterPage>, ProblemHttpResult> List(
        DeadLetterStore store, string? limit = null, string? before = null, string? state = null)
    {
        var most = 100;
        if (limit is not null && !(int.TryParse(limit, out most) && most is >= 1 and <= MaxPageSize))
        {
            return Problems.Invalid("limit", limit, $"1 to {MaxPageSize}");
        }

        if (state is not (null or "open" or "all"))
        {
            return Problems.Invalid("state", state, "open, all");
        }

        DeadLetterKey? key = null;
        if (before is not null)
        {
            if (!DeadLetterKey.TryParse(before, out var parsed))
            {
                return Problems.Invalid("before", before, "the 'next' of an earlier page");
            }

            key = parsed;
        }

        var found = store.List(most + 1, isOpenOnly: state != "all", key);
        var page = found.Take(most).Select(DeadLetterViews.Of).ToList();
        return TypedResults.Ok(new DeadLetterPage(page, found.Count > most ? page[^1].Key : null));
    }

    private static Results<Ok<DeadLetterView>, ProblemHttpResult> Find(string key, DeadLetterStore store) =>
        TryFind(key, store, out var problem) is { } letter ? TypedResults.Ok(DeadLetterViews.Of(letter)) : problem!;

    private static async Task Export(HttpContext context, DeadLetterStore store)
    {
        context.Response.ContentType = "application/x-ndjson";
        var writer = context.Response.BodyWriter;
        var count = 0;
        foreach (var letter in store.All())
        {
            writer.Write(JsonSerializer.SerializeToUtf8Bytes(DeadLetterViews.Of(letter), AegisJson.Options));
            writer.Write("\n"u8);
            if (++count % LettersPerFlush == 0)
            {
                await writer.FlushAsync(context.RequestAborted);
            }
        }

        await writer.FlushAsync(context.RequestAborted);
    }

    private static async Task<Results<Accepted<DrivenLetter>, ProblemHttpResult>> Drive(
        string key, HttpRequest request, DeadLetterStore store, DeadLetterDriver driver, RequestReader reader)
    {
        if (TryFind(key, store, out var problem) is not { } letter)
        {
            return problem!;
        }

        Transaction? corrected = null;
        if (request.HasBody())
        {
            (corrected, var faults) = await reader.ReadOneAsync(request);
            if (corrected is null)
            {
                return Problems.Invalid(faults);
            }
        }

        return await driver.DriveAsync(letter, corrected, request.HttpContext.RequestAborted) is { } obstacle
            ? Problems.Of(409, "The dead letter cannot be driven again as it is",
                $"{obstacle.TrimEnd('.')}. Send the corrected transaction as the JSON body.")
            : TypedResults.Accepted((string?)null, new DrivenLetter(key, corrected is not null));
    }

    private static DeadLetter? TryFind(string key, DeadLetterStore store, out ProblemHttpResult? problem)
    {
        problem = null;
        if (!DeadLetterKey.TryParse(key, out var parsed))
        {
            problem = Problems.Invalid("key", key, "position, shard and item, such as 1700000000000-3-12-0");
            return null;
        }

        var letter = store.Find(parsed);
        problem = letter is null ? Problems.Of(404, "No such dead letter", $"There is no dead letter '{key}'.") : null;
        return letter;
    }
}
