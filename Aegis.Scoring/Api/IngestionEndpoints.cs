using Aegis.Core.Ingestions;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/ingestions</c>.</summary>
internal static class IngestionEndpoints
{
    public static IEndpointRouteBuilder MapIngestions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ingestions", List).WithSummary("Replayed files, NDJSON bodies and arrays, newest first, with counts.");
        routes.MapGet("/ingestions/{id}", Find).WithSummary("One of them, with its first faults by line.")
            .Produces<IngestionRun>().ProducesProblem(404);
        return routes;
    }

    private static async Task<Results<Ok<IReadOnlyList<IngestionRun>>, ProblemHttpResult>> List(
        IngestionStore store, IngestionKeeper keeper, CancellationToken cancel, string? limit = null)
    {
        var most = 100;
        if (limit is not null && !(int.TryParse(limit, out most) && most is >= 1 and <= IngestionStore.MaxRuns))
        {
            return Problems.Invalid("limit", limit, $"1 to {IngestionStore.MaxRuns}");
        }

        await keeper.TakeAsync(cancel);
        return TypedResults.Ok(store.List(most));
    }

    private static async Task<Results<Ok<IngestionRun>, ProblemHttpResult>> Find(
        string id, IngestionStore store, IngestionKeeper keeper, CancellationToken cancel)
    {
        await keeper.TakeAsync(cancel);
        return store.Find(id) is { } run
            ? TypedResults.Ok(run)
            : Problems.Of(404, "No such ingestion", $"There is no ingestion '{id}'; the newest {IngestionStore.MaxRuns:N0} are kept.");
    }
}
