using Aegis.Client;
using Aegis.Core.Features;
using Aegis.MachineLearning.Bundles;
using Aegis.MachineLearning.Calibration;
using Aegis.Scoring.Models;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary>Describes a model bundle.</summary>
/// <param name="Version">Its version.</param>
/// <param name="IsInForce">True if it is the model that last came into force in one of this process's shards.</param>
/// <param name="SchemaHash">Identifies the feature schema that it reads.</param>
/// <param name="Inputs">The features that its detectors read.</param>
/// <param name="Fusion">The detectors' weights.</param>
/// <param name="External">The name of the model that a user added to the bundle; null if there is none. It is in shadow
/// if the fusion gives it no weight.</param>
/// <param name="ReviewAt">The bundle's own threshold: the risk (-ln p) from which a payment is flagged.</param>
/// <param name="DeclineAt">The bundle's own threshold: the risk from which a payment is declined.</param>
/// <param name="ReviewTies">The share of the payments exactly at the first threshold that are flagged, 0 to 1.</param>
/// <param name="DeclineTies">The share of the payments exactly at the second threshold that are declined, 0 to 1.</param>
/// <param name="Facts">Data, seeds, dates, metrics and versions, as docs/bundle.md lists them.</param>
internal sealed record ModelDescription(
    string Version, bool IsInForce, string SchemaHash, IReadOnlyList<string> Inputs, ScoreFusion Fusion, string? External, double ReviewAt,
    double DeclineAt, double ReviewTies, double DeclineTies, IReadOnlyDictionary<string, string> Facts);

/// <summary><c>/models</c>, <c>/models/calibration</c> and <c>/thresholds</c>.</summary>
internal static class ControlEndpoints
{
    public static IEndpointRouteBuilder MapControl(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/models", UseModel)
            .WithSummary("Brings a model bundle into force, with its own thresholds, from the next payment of each shard on.")
            .TakesBody(ScoringServices.MaxBodyBytes, "application/octet-stream").Produces<ModelInForce>(202).ProducesProblem(400)
            .ProducesProblem(409).ProducesProblem(503);
        routes.MapGet("/models/{version}", Describe)
            .WithSummary("What is known of a model bundle: its training, its metrics, its thresholds; every decision names its own.")
            .Produces<ModelDescription>().ProducesProblem(404);
        routes.MapPost("/models/calibration", Recalibrate).WithSummary("Fits the calibration of the model in force anew on recent payments; from the next payment of each shard on the same share as was budgeted is flagged.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<ModelInForce>(202).ProducesProblem(409)
            .ProducesProblem(503);
        routes.MapPost("/thresholds", UseThresholds)
            .WithSummary("Brings thresholds into force in place of the model's, from the next payment of each shard on.")
            .TakesBody(RequestReader.MaxSingleBytes, "application/json").Produces<Thresholds>(202).ProducesProblem(400)
            .ProducesProblem(409).ProducesProblem(503);
        return routes;
    }

    private static async Task<Results<Accepted<ModelInForce>, ProblemHttpResult>> UseModel(HttpRequest request, ModelControl control)
    {
        using var bundle = new MemoryStream();
        await request.Body.CopyToAsync(bundle, request.HttpContext.RequestAborted);
        try
        {
            return TypedResults.Accepted(
                (string?)null, new ModelInForce(await control.UseAsync(bundle.ToArray(), request.HttpContext.RequestAborted)));
        }
        catch (FraudModelFormatException e)
        {
            return Problems.Of(400, "The model bundle cannot be used", e.Message);
        }
        catch (VersionTakenException e)
        {
            return Problems.Of(409, "The version is taken", e.Message);
        }
    }

    private static Results<Ok<ModelDescription>, ProblemHttpResult> Describe(string version, ModelRegistry models) =>
        models.Find(version) is { } model
        ? TypedResults.Ok(new ModelDescription(
            model.Version, model.Version == models.InForce, FeatureSchema.Hash,
            [.. model.Scaler.Features.Select(feature => FeatureSchema.Of(feature).Name)], model.Calibration.Fusion,
            model.External?.Name, model.Policy.ReviewAt, model.Policy.DeclineAt, model.Policy.ReviewTies, model.Policy.DeclineTies,
            model.Provenance))
        : Problems.Of(404, "No such model", $"The store holds no model '{version}' that this release reads; allowed: the modelVersion of a decision or of GET /statistics.");

    private static async Task<Results<Accepted<ModelInForce>, ProblemHttpResult>> Recalibrate(
        CalibrationRenewal renewal, CancellationToken cancel)
    {
        try
        {
            return TypedResults.Accepted((string?)null, new ModelInForce(await renewal.RenewAsync(cancel)));
        }
        catch (InvalidOperationException e)
        {
            return Problems.Of(409, "The calibration cannot be fitted", e.Message);
        }
    }

    private static async Task<Results<Accepted<Thresholds>, ProblemHttpResult>> UseThresholds(
        Thresholds thresholds, ModelControl control, BudgetControl budget, CancellationToken cancel)
    {
        if (thresholds.ReviewAt is not { } reviewAt || !double.IsFinite(reviewAt) || reviewAt < 0)
        {
            return Problems.Invalid("reviewAt", $"{thresholds.ReviewAt}", "a risk of 0 and more");
        }

        if (thresholds.DeclineAt is not { } declineAt || !double.IsFinite(declineAt) || declineAt < reviewAt)
        {
            return Problems.Invalid("declineAt", $"{thresholds.DeclineAt}", "a risk not below reviewAt");
        }

        if (budget.Last()?.Budget is not null)
        {
            return Problems.Of(
                409, "A budget sets the review threshold", "The review threshold follows the daily budget (GET /budget). End it first (POST /budget/end), then set thresholds.");
        }

        await control.UseAsync(reviewAt, declineAt, cancel);
        return TypedResults.Accepted((string?)null, thresholds);
    }
}
