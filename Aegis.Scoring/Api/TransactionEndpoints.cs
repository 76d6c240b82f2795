using Aegis.Client;
using Aegis.Core.Transactions;
using Aegis.Scoring.Telemetry;

namespace Aegis.Scoring.Api;

/// <summary><c>POST /transactions</c>.</summary>
internal static class TransactionEndpoints
{
    private const string NdJson = "application/x-ndjson";
    private const int AppendAtOnce = 500;

    public static IEndpointRouteBuilder MapTransactions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/transactions", Accept).NotAudited("it is in the log")
            .WithSummary("Accepts one transaction, an array, or NDJSON; they are decided soon after.")
            .RefusesWithoutSpace().RefusesWhileBehind().TakesBody(
                ScoringServices.MaxBodyBytes, "application/json", NdJson).TakesTransaction().Produces<AcceptedTransactions>(202)
                .Produces<AcceptedTransactions>(207).ProducesProblem(400).ProducesProblem(415).ProducesProblem(503);
        return routes;
    }

    private static async Task<IResult> Accept(
        HttpRequest request, RequestReader reader, TransactionAppender appender, IngestionIntake ingestions)
    {
        var trace = RequestTrace.OfMany();
        var cancel = request.HttpContext.RequestAborted;
        if (request.ContentType?.StartsWith(NdJson, StringComparison.OrdinalIgnoreCase) == true)
        {
            return await AcceptLines(request, reader, appender, ingestions, trace);
        }

        var tally = ingestions.Begin("array");
        var (transactions, faults) = await reader.ReadManyAsync(request, tally);
        if (faults.Count > 0)
        {
            tally.RefuseAll();
            await ingestions.EndAsync(tally, cancel);
            return Problems.Invalid(faults);
        }

        foreach (var part in transactions.Chunk(AppendAtOnce))
        {
            await appender.AppendAsync(part, trace, cancel);
        }

        var ingestion = await ingestions.EndAsync(tally, cancel);
        return TypedResults.Json(
            new AcceptedTransactions(transactions.Count, [], Ingestion: ingestion), statusCode: StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> AcceptLines(
        HttpRequest request, RequestReader reader, TransactionAppender appender, IngestionIntake ingestions, RequestTrace trace)
    {
        var cancel = request.HttpContext.RequestAborted;
        var tally = ingestions.Begin("ndjson");
        var accepted = 0;
        var rejected = new List<RejectedLine>();
        var pending = new List<Transaction>();
        int? stoppedAt = null;
        using var lines = new StreamReader(request.Body);
        for (var number = 1; await lines.ReadLineAsync(cancel) is { } line; number++)
        {
            if (BodyRules.StopsBefore(rejected.Count, number))
            {
                stoppedAt = number;
                break;
            }

            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var (transaction, faults) = reader.ReadLine(line);
            if (transaction is null)
            {
                rejected.Add(new RejectedLine(number, faults));
                tally.Refuse(number, faults.Select(fault => fault.ToString()));
                continue;
            }

            pending.Add(transaction);
            ingestions.Count(tally, number, transaction);
            if (pending.Count == AppendAtOnce)
            {
                await appender.AppendAsync(pending, trace, cancel);
                accepted += pending.Count;
                pending.Clear();
            }
        }

        await appender.AppendAsync(pending, trace, cancel);
        var ingestion = await ingestions.EndAsync(tally, cancel);
        var isWhole = rejected.Count == 0 && stoppedAt is null;
        return TypedResults.Json(
            new AcceptedTransactions(accepted + pending.Count, rejected, stoppedAt, ingestion),
            statusCode: isWhole ? StatusCodes.Status202Accepted : StatusCodes.Status207MultiStatus);
    }
}
