using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/dead-letters</c>.</summary>
internal static class DeadLetterEndpoints
{
    private const int LargestPage = 500;

    public static IEndpointRouteBuilder MapDeadLetters(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/dead-letters", List).WithSummary("The newest entries that could not be decided.");
        return routes;
    }

    private static Results<Ok<IReadOnlyList<DeadLetterView>>, ProblemHttpResult> List(DeadLetterStore store, string? limit = null)
    {
        var most = 100;
        return limit is null || (int.TryParse(limit, out most) && most is >= 1 and <= LargestPage)
            ? TypedResults.Ok<IReadOnlyList<DeadLetterView>>([.. store.List(most, isOpenOnly: false, before: null).Select(DeadLetterView.Of)])
            : Problems.Invalid("limit", limit, $"1 to {LargestPage}");
    }
}
