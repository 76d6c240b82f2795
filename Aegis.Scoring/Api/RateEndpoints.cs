using System.Text;
using Aegis.Client;
using Aegis.Core.Transactions;
using Aegis.Scoring.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/rates</c>.</summary>
internal static class RateEndpoints
{
    public static IEndpointRouteBuilder MapRates(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/rates", Use)
            .WithSummary("Brings a table of exchange rates into force, from the next payment of each shard on.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<RatesInForce>(202).ProducesProblem(400)
            .ProducesProblem(409).ProducesProblem(503);
        routes.MapGet("/rates", (ModelRegistry models) => Described(models.Rates.Get(models.Rates.InForce)))
            .WithSummary("The table of exchange rates that last came into force in one of this process's shards.")
            .Produces<RateTable>();
        routes.MapGet("/rates/{version}", Find)
            .WithSummary("A table of exchange rates; every decision names its own.")
            .Produces<RateTable>().ProducesProblem(404);
        return routes;
    }

    private static async Task<Results<Accepted<RatesInForce>, ProblemHttpResult>> Use(HttpRequest request, ModelControl control)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        try
        {
            var rates = CurrencyRates.Parse(await reader.ReadToEndAsync(request.HttpContext.RequestAborted));
            await control.UseAsync(rates, request.HttpContext.RequestAborted);
            return TypedResults.Accepted((string?)null, new RatesInForce(rates.Version));
        }
        catch (RateTableException e)
        {
            return Problems.Of(400, "The rate table cannot be used", e.Message);
        }
        catch (VersionTakenException e)
        {
            return Problems.Of(409, "The version is taken", e.Message);
        }
    }

    private static Results<Ok<RateTable>, ProblemHttpResult> Find(string version, ModelRegistry models) =>
        models.Rates.Find(version) is { } rates
        ? TypedResults.Ok(Described(rates))
        : Problems.Of(404, "No such rate table", $"The store holds no rate table '{version}'; allowed: the ratesVersion of a decision.");

    private static RateTable Described(CurrencyRates rates) => new(rates.Version, rates.Reference, rates.Rates);
}
