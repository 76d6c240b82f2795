using System.Security.Cryptography;
using System.Text.Json;
using Aegis.Client;
using Aegis.Core.Decisions;
using Aegis.Core.Transactions;
using Aegis.Scoring.Audit;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Api;

/// <summary>Puts calls into the audit trail: each that changes something, unless the endpoint says otherwise, and each look at a full
/// record.</summary>
internal static class Audited
{
    private const string Unnamed = "unnamed";
    private const int MaxSubject = 500;

    /// <summary>Says that calls of an endpoint are not in the audit trail.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="why">Why, for whoever reads the code.</param>
    public static RouteHandlerBuilder NotAudited(this RouteHandlerBuilder endpoint, string why) =>
        endpoint.WithMetadata(new NotAuditedMark(why));

    /// <summary>Says that an endpoint shows a full record, so that each look is in the audit trail.</summary>
    public static RouteHandlerBuilder ShowsRecord(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(new RecordMark());

    /// <summary>What becomes of an endpoint's calls: null for those that are not in the trail, true for changes, false for looks.</summary>
    public static bool? IsChange(IEnumerable<object> metadata)
    {
        var marks = metadata.ToList();
        if (marks.OfType<RecordMark>().Any())
        {
            return false;
        }

        var methods = marks.OfType<HttpMethodMetadata>().SelectMany(one => one.HttpMethods);
        return marks.OfType<NotAuditedMark>().Any() || methods.All(method => method is "GET" or "HEAD") ? null : true;
    }

    /// <summary>Puts the calls of a group's endpoints into the trail.</summary>
    public static RouteGroupBuilder WithAudit(this RouteGroupBuilder group)
    {
        ((IEndpointConventionBuilder)group).Add(endpoint => endpoint.FilterFactories.Add((_, next) => IsChange(endpoint.Metadata) switch
        {
            { } isChange => context => CallAsync(context, next, isChange),
            null => next,
        }));
        return group;
    }

    private static async ValueTask<object?> CallAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, bool isChange)
    {
        var answer = await next(context);
        var http = context.HttpContext;
        if (StatusOf(answer, http) is not (>= 200 and < 300 and var status))
        {
            return answer;
        }

        var trail = http.RequestServices.GetRequiredService<AuditTrail>();
        var request = context.Arguments.OfType<ISaysBy>().FirstOrDefault();
        var call = new AuditedCall(
            http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), request?.By ?? Named(http) ?? Unnamed,
            $"{http.Request.Method} {(http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText}", SubjectOf(http), status,
            request is null ? "" : DigestOf(request));
        if (isChange)
        {
            trail.Changed(call);
        }
        else
        {
            await trail.LookedAsync(call, http.RequestAborted);
        }

        return answer;
    }

    private static int StatusOf(object? answer, HttpContext http)
    {
        while (answer is INestedHttpResult nested)
        {
            answer = nested.Result;
        }

        return (answer as IStatusCodeHttpResult)?.StatusCode ?? http.Response.StatusCode;
    }

    private static string? Named(HttpContext http) => http.Request.Query["by"].ToString() is { Length: > 0 } by ? by : null;

    private static string SubjectOf(HttpContext http)
    {
        var subject = CardNumbers.Mask(string.Join(", ", http.Request.RouteValues.Select(value => $"{value.Key}={value.Value}")
            .Concat(http.Request.Query.Where(value => value.Key is not ("by" or "why")).Select(value => $"{value.Key}={value.Value}"))));
        return subject.Length <= MaxSubject ? subject : subject[..MaxSubject];
    }

    private static string DigestOf(ISaysBy request) => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(request, request.GetType(), AegisJson.Options)));

    private sealed record NotAuditedMark(string Why);

    private sealed record RecordMark;
}
