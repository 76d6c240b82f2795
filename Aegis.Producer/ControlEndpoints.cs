using Aegis.Datasets.Simulation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Aegis.Producer;

/// <summary>The producer's commands over HTTP, for the Aspire dashboard and for tests.</summary>
internal static class ControlEndpoints
{
    /// <summary>Maps pausing for every producer; sending payments and starting a fraud only for a simulating one.</summary>
    public static void MapControl(this IEndpointRouteBuilder app, bool isSimulating)
    {
        app.MapPost("/pause", Pause);
        app.MapPost("/resume", Resume);
        if (isSimulating)
        {
            app.MapGet("/scenarios", () => TypedResults.Ok(FraudScenario.Usual.Select(scenario => scenario.Name)));
            app.MapPost("/scenarios/{name}", Begin);
            app.MapPost("/payments/{count:int}", Send);
        }
    }

    private static NoContent Pause(ProducerControl control)
    {
        control.Pause();
        return TypedResults.NoContent();
    }

    private static NoContent Resume(ProducerControl control)
    {
        control.Resume();
        return TypedResults.NoContent();
    }

    private static Results<Accepted, ProblemHttpResult> Send(ProducerControl control, int count) =>
        count is < 1 or > ProducerControl.MaxDemand
            ? TypedResults.Problem(
                $"count is {count}; allowed: 1 to {ProducerControl.MaxDemand} payments.", statusCode: StatusCodes.Status400BadRequest)
            : control.TryDemand(count) ? TypedResults.Accepted((string?)null) : Full();

    private static Results<Accepted, ProblemHttpResult> Begin(ProducerControl control, string name) =>
        FraudScenario.Usual.All(scenario => scenario.Name != name)
            ? TypedResults.Problem(
                $"There is no scenario of that name; allowed: {string.Join(", ", FraudScenario.Usual.Select(scenario => scenario.Name))}.",
                statusCode: StatusCodes.Status404NotFound)
            : control.TryBegin(name) ? TypedResults.Accepted((string?)null) : Full();

    private static ProblemHttpResult Full() =>
        TypedResults.Problem(
            $"{ProducerControl.MaxDemand} payments wait to be sent already.", statusCode: StatusCodes.Status429TooManyRequests);
}
