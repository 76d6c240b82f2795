using System.Buffers;
using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Features;
using Aegis.Core.Transactions;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Api;

/// <summary><c>/features</c> and <c>/features/export</c>.</summary>
internal static class FeatureEndpoints
{
    private const int LinesPerFlush = 100;

    public static IEndpointRouteBuilder MapFeatures(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/features", () => FeatureSchema.All).WithSummary("What stands in a feature vector, in order.");
        routes.MapGet("/features/export", Export)
            .WithSummary("Every stored decision with its feature vector, scores and last verdict as NDJSON, in the order of commits.")
            .Produces<DecidedFeatures>(200, "application/x-ndjson").ProducesProblem(400);
        return routes;
    }

    private static async Task Export(HttpContext context, FeatureExport export, TimeProvider time, string? labelsUntil = null)
    {
        var until = time.GetUtcNow();
        if (labelsUntil is not null && !WrittenTime.TryParse(labelsUntil, out until))
        {
            await Problems.Invalid("labelsUntil", labelsUntil, WrittenTime.Allowed).ExecuteAsync(context);
            return;
        }

        context.Response.ContentType = "application/x-ndjson";
        var writer = context.Response.BodyWriter;
        var count = 0;
        foreach (var line in export.Read(until))
        {
            writer.Write(JsonSerializer.SerializeToUtf8Bytes(line, AegisJson.Options));
            writer.Write("\n"u8);
            if (++count % LinesPerFlush == 0)
            {
                await writer.FlushAsync(context.RequestAborted);
            }
        }

        await writer.FlushAsync(context.RequestAborted);
    }
}
