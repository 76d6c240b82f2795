using Microsoft.AspNetCore.Http.Features;

namespace Aegis.Scoring.Api;

/// <summary>What a request body may be before anyone reads it: its type and its size.</summary>
internal static class BodyRules
{
    /// <summary>Answers 415 to other content types and 413 to larger bodies.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="largestBytes">The largest body.</param>
    /// <param name="types">Content types, without parameters.</param>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder endpoint, long largestBytes, params string[] types) =>
        endpoint.AddEndpointFilter((context, next) => Check(context, next, largestBytes, types));

    /// <summary>The same where a body may be left out.</summary>
    public static RouteHandlerBuilder TakesOptionalBody(this RouteHandlerBuilder endpoint, long largestBytes, params string[] types) =>
        endpoint.AddEndpointFilter(
            (context, next) => context.HttpContext.Request.HasBody() ? Check(context, next, largestBytes, types) : next(context));

    /// <summary>True where the request brings a body.</summary>
    public static bool HasBody(this HttpRequest request) =>
        request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? request.ContentLength > 0;

    private static async ValueTask<object?> Check(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next, long largestBytes, string[] types)
    {
        var request = context.HttpContext.Request;
        var type = request.ContentType?.Split(';')[0].Trim();
        if (!types.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return Problems.Of(415, "Content type not supported", $"Content-Type is '{type}'; allowed: {string.Join(", ", types)}.");
        }

        if (request.ContentLength > largestBytes)
        {
            return Problems.Of(413, "Body too large", $"The body has {request.ContentLength} bytes; allowed: {largestBytes}.");
        }

        // A body of unknown length is cut off at the limit while it is read.
        if (context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = largestBytes;
        }

        return await next(context);
    }
}
