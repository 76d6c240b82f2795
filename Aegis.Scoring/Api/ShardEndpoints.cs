using Aegis.Client;
using Aegis.Scoring.Shards;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Aegis.Scoring.Api;

/// <summary><c>/shards</c> and <c>/process</c>.</summary>
internal static class ShardEndpoints
{
    public static IEndpointRouteBuilder MapShards(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/shards", Shards)
            .WithSummary("The shards that this process owns and where they stand; with ?fingerprint=true a hash over all histories.");
        routes.MapGet("/process", Process).WithSummary("Memory and processor time.");
        return routes;
    }

    private static async Task<Results<Ok<IReadOnlyList<ShardReport>>, ProblemHttpResult>> Shards(
        ShardLanes lanes, CancellationToken cancel, string fingerprint = "false") => bool.TryParse(fingerprint, out var isAsked)
        ? TypedResults.Ok<IReadOnlyList<ShardReport>>(await lanes.ReportAsync(isAsked, cancel))
        : Problems.Invalid("fingerprint", fingerprint, "true, false");

    private static ProcessReport Process()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new ProcessReport(
            process.WorkingSet64, GC.GetGCMemoryInfo().TotalCommittedBytes, SQLitePCL.raw.sqlite3_memory_used(),
            GC.GetTotalAllocatedBytes(), process.TotalProcessorTime.TotalSeconds,
            [.. Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => GC.CollectionCount(generation))]);
    }
}
