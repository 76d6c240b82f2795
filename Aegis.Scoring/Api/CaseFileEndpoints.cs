using System.Buffers;
using Aegis.Client;
using Aegis.Core.Transactions;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Api;

/// <summary><c>/cases/{id}/files</c>.</summary>
internal static class CaseFileEndpoints
{
    private const string Binary = "application/octet-stream";
    private const int MaxName = 128;

    // What file systems and browsers take for more than a name.
    private const string Forbidden = "/\\:*?\"<>|";
    private static readonly SearchValues<char> ForbiddenCharacters = SearchValues.Create(Forbidden);

    public static IEndpointRouteBuilder MapCaseFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/cases/{id}/files", Add)
            .WithSummary("Adds a file to a case, at most 5 MB.").TakesBody(CaseFileStore.MaxBytes, Binary).Produces<CaseFileReport>(201)
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(413);
        routes.MapGet("/cases/{id}/files/{file}", Find).ShowsRecord()
            .WithSummary("The content of a file, always to be saved and never shown.")
            .Produces<byte[]>(200, Binary).ProducesProblem(404);
        return routes;
    }

    private static async Task<Results<Created<CaseFileReport>, ProblemHttpResult>> Add(
        string id, HttpRequest request, CaseFileStore files, IOptions<ScoringOptions> options, TimeProvider time, string? name = null,
        string? by = null)
    {
        var faults = new List<TransactionFault>();
        ChangeRules.CheckName(by, faults);
        if (!IsName(name))
        {
            faults.Add(TransactionFault.Of(
                "name", name, $"a file's name of 1 to {MaxName} characters, no card number, without {Forbidden}"));
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        if (body.Length == 0)
        {
            faults.Add(TransactionFault.Of("body", "empty", $"1 to {CaseFileStore.MaxBytes} bytes"));
        }

        if (faults.Count > 0)
        {
            return Problems.Invalid(faults);
        }

        var number = CaseEndpoints.Number(id) ?? 0;
        var actor = new CaseActor(by!, time.GetUtcNow(), TimeSpan.FromMinutes(options.Value.CaseIdleMinutes));
        var (answer, file) = files.Add(number, name!, body.ToArray(), actor);
        return file is not null ? TypedResults.Created($"/cases/{number}/files/{file.Id}", file)
            : answer.Ending == CaseEnding.Refused
                ? Problems.Of(409, "Too many files", $"Case {number} has {CaseFileStore.MaxFiles} files, as many as a case may have.")
                : CaseEndpoints.Problem(answer, id);
    }

    private static Results<FileContentHttpResult, ProblemHttpResult> Find(
        string id, string file, HttpResponse response, CaseFileStore files)
    {
        if (CaseEndpoints.Number(id) is not { } number || CaseEndpoints.Number(file) is not { } wanted
            || files.Find(number, wanted) is not var (name, body))
        {
            return Problems.Of(404, "No such file", $"Case '{id}' has no file '{file}'; allowed: one that GET /cases/{{id}} names.");
        }

        response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.File(body, Binary, name);
    }

    private static bool IsName(string? name) => name is { Length: >= 1 and <= MaxName } && MerchantNames.IsHarmless(name)
        && name.AsSpan().IndexOfAny(ForbiddenCharacters) < 0 && name.Trim() == name && name.Any(c => c != '.')
        && !CardNumbers.Contains(name);
}
