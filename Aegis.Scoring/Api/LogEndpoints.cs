using Aegis.Client;
using Aegis.Scoring.Shards;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/log/rebuild</c>.</summary>
internal static class LogEndpoints
{
    public static IEndpointRouteBuilder MapLog(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/log/rebuild", Rebuild)
            .WithSummary("Goes on with a log that was cut or replaced: makes the cards' histories from the stored decisions.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<RebuiltLog>().ProducesProblem(409).ProducesProblem(503);
        return routes;
    }

    private static async Task<Results<Ok<RebuiltLog>, ProblemHttpResult>> Rebuild(
        LogRebuild rebuild, ShardOwnership ownership, CancellationToken cancel) => ownership.LogFault is null
        ? Problems.Of(409, "The log is whole", "The log holds everything that the store has decided: there is nothing to rebuild.")
        : TypedResults.Ok(await rebuild.RunAsync(cancel));
}
