using Aegis.Client;
using Aegis.MachineLearning.Choices;
using Aegis.Scoring.Models.Choosing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/models/choice</c>.</summary>
internal static class ChoiceEndpoints
{
    public static IEndpointRouteBuilder MapChoice(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/models/choice", (ModelChoosing choosing) => choosing.State())
            .WithSummary("The choice that the model in force was trained with, and whether enough frauds are confirmed to judge all choices.");
        routes.MapPost("/models/choice", Choose)
            .WithSummary("Has the confirmed frauds judge the shipped choices of inputs, forest and weights; trains the best, or the one named, on stored payments, and brings it into force.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<ModelChoiceJudgement>(202).ProducesProblem(400)
            .ProducesProblem(409).ProducesProblem(503);
        routes.MapDelete("/models/choice", Undo)
            .WithSummary("Brings back the model that was in force before the last choice.").Produces<ModelInForce>(202).ProducesProblem(409)
            .ProducesProblem(503);
        return routes;
    }

    private static async Task<Results<Accepted<ModelChoiceJudgement>, ProblemHttpResult>> Choose(
        ModelChoiceRequest? request, ModelChoosing choosing, CancellationToken cancel)
    {
        request ??= new ModelChoiceRequest();
        if (request.Choice is { } named && !ModelChoice.ShippedNames.Contains(named))
        {
            return Problems.Invalid("choice", named, string.Join(", ", ModelChoice.ShippedNames));
        }

        if (request is { Choice: not null, Apply: false })
        {
            return Problems.Invalid("apply", "false", "true with a choice that is named, since nothing judges it");
        }

        try
        {
            return TypedResults.Accepted((string?)null, await choosing.ChooseAsync(request, cancel));
        }
        catch (ChoosingException e)
        {
            return Problems.Of(409, "The choice cannot be made", e.Message);
        }
    }

    private static async Task<Results<Accepted<ModelInForce>, ProblemHttpResult>> Undo(ModelChoosing choosing, CancellationToken cancel)
    {
        try
        {
            return TypedResults.Accepted((string?)null, new ModelInForce(await choosing.UndoAsync(cancel)));
        }
        catch (ChoosingException e)
        {
            return Problems.Of(409, "The choice cannot be undone", e.Message);
        }
    }
}
