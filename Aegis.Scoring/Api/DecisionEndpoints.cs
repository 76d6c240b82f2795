using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Scoring.Commits;
using Aegis.Scoring.Duplicates;
using Aegis.Scoring.Models;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Storage;
using Aegis.Scoring.Telemetry;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Api;

/// <summary><c>/decisions</c>, <c>/statistics</c>.</summary>
internal static class DecisionEndpoints
{
    /// <summary>The route of a single decision.</summary>
    public const string One = "/decisions/{id}";

    private const int MaxPageSize = 500;

    public static IEndpointRouteBuilder MapDecisions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/decisions", Decide).WithSummary("Decides one transaction now.").NotAudited("it is in the log")
            .RefusesWithoutSpace().RefusesWhileBehind()
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").TakesTransaction().Produces<Decision>().ProducesProblem(400)
            .ProducesProblem(409).ProducesProblem(503).ProducesProblem(504);
        routes.MapGet("/decisions", List).WithSummary("Decisions, newest first, by filters and page.");
        routes.MapGet(One, Find).WithSummary("The decision on a transaction, with its feature vector, its reasons (those of an approved one are computed now) and what became known since.").ShowsRecord()
            .Produces<Decision>().ProducesProblem(404);
        routes.MapGet("/statistics", (LiveStatistics statistics) => statistics.Read()).WithSummary("Totals, throughput and latency.");
        return routes;
    }

    private static async Task<Results<Ok<Decision>, ProblemHttpResult>> Decide(
        HttpRequest request, RequestReader reader, TransactionAppender appender, DecisionWaiters waiters, RecentIds ids,
        DecisionStore store,
        TransactionTracer tracer, IOptions<ScoringOptions> options, TimeProvider time)
    {
        var (transaction, faults) = await reader.ReadOneAsync(request);
        if (transaction is null)
        {
            return Problems.Invalid(faults);
        }

        var limit = TimeSpan.FromMilliseconds(options.Value.DecisionTimeoutMs);
        using var waiter = waiters.Register(transaction);
        if (ids.Look(waiter.Key) == Novelty.Conflict)
        {
            return Conflict(transaction.Id);
        }

        var trace = RequestTrace.Begin(tracer);
        try
        {
            // The limit covers the append too, so a stalled Redis holds nobody up for longer.
            var result = await AppendAndAwaitAsync().WaitAsync(limit, time, request.HttpContext.RequestAborted);
            if (result.Rejection is { } rejection)
            {
                return result.IsConflict ? Conflict(transaction.Id) : Problems.Of(400, "The transaction cannot be decided", rejection);
            }

            var decision = result.Decision ?? await FirstDecision(store, transaction.Id, limit, time, request.HttpContext.RequestAborted);
            if (decision is { IsFlagged: true })
            {
                trace.Keep();
            }

            return decision is null ? TimedOut(transaction.Id, limit)
                : decision.Transaction == transaction ? TypedResults.Ok(decision)
                : Conflict(transaction.Id);
        }
        catch (TimeoutException)
        {
            return TimedOut(transaction.Id, limit);
        }

        async Task<WaitResult> AppendAndAwaitAsync()
        {
            await appender.AppendAwaitedAsync(transaction, trace, request.HttpContext.RequestAborted);
            return await waiter.Result;
        }
    }

    /// <summary>The decision on a transaction that was met before. Waits for it if it is decided but not stored yet.</summary>
    private static async Task<Decision?> FirstDecision(
        DecisionStore store, string id, TimeSpan limit, TimeProvider time, CancellationToken cancel)
    {
        for (var started = time.GetTimestamp(); time.GetElapsedTime(started) < limit; await Task.Delay(
            TimeSpan.FromMilliseconds(10), time, cancel))
        {
            if (store.Find(id) is { } decision)
            {
                return decision;
            }
        }

        return null;
    }

    private static async Task<Results<Ok<DecisionPage>, ProblemHttpResult>> List(
        DecisionStore store, ReadYourWrites writes, CancellationToken cancel, string? outcome = null, string? card = null,
        string? country = null, string? merchant = null, string? before = null, string? limit = null)
    {
        DecisionOutcome? wanted = outcome switch
        {
            "approve" => DecisionOutcome.Approve,
            "review" => DecisionOutcome.Review,
            "decline" => DecisionOutcome.Decline,
            _ => null,
        };
        if (wanted is null && outcome is not (null or "flagged"))
        {
            return Problems.Invalid("outcome", outcome, "approve, review, decline, flagged");
        }

        if (!TryReadLimit(limit, fallback: 50, out var most))
        {
            return Problems.Invalid("limit", limit, $"1 to {MaxPageSize}");
        }

        long? sequence = null;
        if (before is not null)
        {
            if (!long.TryParse(before, out var parsed) || parsed < 0)
            {
                return Problems.Invalid("before", before, "the 'next' of an earlier page");
            }

            sequence = parsed;
        }

        country = country is null ? null : Countries.ToAlpha2(country);
        if (country is not null && !Countries.IsKnown(country))
        {
            return Problems.Invalid("country", country, TransactionRules.AllowedCountry);
        }

        merchant = merchant is null ? null : MerchantNames.Normalise(merchant);
        if (merchant is not null && !MerchantNames.IsName(merchant))
        {
            return Problems.Invalid("merchant", merchant, $"a merchant's id or a part of its name: {MerchantNames.Allowed}");
        }

        await writes.WaitAsync(cancel);
        var page = store.List(new DecisionQuery
        {
            Outcome = wanted, IsFlaggedOnly = outcome == "flagged", CardToken = card, Country = country, Merchant = merchant,
            Before = sequence, Limit = most,
        });
        return TypedResults.Ok(
            new DecisionPage([.. page.Decisions.Select(stored => stored.Decision with { Features = [] })], page.Next?.ToString(
                System.Globalization.CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Ok<Decision>, ProblemHttpResult>> Find(
        string id, DecisionStore store, ReadYourWrites writes, LabelStore labels, ReasonsOnRequest reasons, CancellationToken cancel)
    {
        var found = store.Find(id);
        if (found is null)
        {
            await writes.WaitAsync(cancel);
            found = store.Find(id);
        }

        if (found is not { } decision)
        {
            return Problems.Of(404, "No such decision", $"No transaction with id '{CardNumbers.Mask(id)}' has been decided.");
        }

        var explained = reasons.Explain(decision);
        return TypedResults.Ok(labels.Verdicts(id) is { Count: > 0 } verdicts ? explained with { Verdicts = verdicts } : explained);
    }

    private static bool TryReadLimit(string? text, int fallback, out int limit)
    {
        limit = fallback;
        return text is null || (int.TryParse(text, out limit) && limit is >= 1 and <= MaxPageSize);
    }

    private static ProblemHttpResult Conflict(string id) =>
        Problems.Of(409, "The id is taken", $"{TransactionRules.TakenId(id)}.");

    private static ProblemHttpResult TimedOut(string id, TimeSpan limit) =>
        Problems.Of(504, "Not decided in time", $"Transaction '{id}' was sent to the log but not decided within {limit.TotalMilliseconds:N0} ms. Ask GET /decisions/{id} later; sending it again is safe.");
}
