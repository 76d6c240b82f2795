using Microsoft.AspNetCore.Http.Features;

namespace Aegis.Scoring.Api;

/// <summary>Checks the type and the size of a request body before anyone reads it.</summary>
internal static class BodyRules
{
    /// <summary>The most items of a body that may be faulty; reading stops there.</summary>
    public const int MaxFaultyItems = 1_000;

    /// <summary>The most items of a body.</summary>
    public const int MaxItems = 200_000;

    private static readonly string[] Encodings = ["gzip", "br", "deflate"];

    /// <summary>True if reading a body stops before an item.</summary>
    /// <param name="rejected">How many items before it were rejected.</param>
    /// <param name="item">Its place in the body, from 1.</param>
    public static bool StopsBefore(int rejected, int item) => rejected == MaxFaultyItems || item > MaxItems;

    /// <summary>Answers 415 to other content types and 413 to larger bodies.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="largestBytes">The largest body, in bytes.</param>
    /// <param name="types">Content types, without parameters.</param>
    public static RouteHandlerBuilder TakesBody(this RouteHandlerBuilder endpoint, long largestBytes, params string[] types) =>
        endpoint.AddEndpointFilter((context, next) => Check(context, next, largestBytes, types));

    /// <summary>Unpacks bodies that come in gzip, br or deflate, within the size that the endpoint allows; answers 415 to other
    /// encodings.</summary>
    public static IApplicationBuilder UseEncodedBodies(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var encoding = context.Request.Headers.ContentEncoding.ToString();
        if (encoding.Length > 0 && !Encodings.Contains(encoding, StringComparer.OrdinalIgnoreCase))
        {
            await Problems.Of(
                415, "Content encoding not supported",
                $"Content-Encoding is '{encoding}'; allowed: {string.Join(", ", Encodings)}, or none.").ExecuteAsync(context);
            return;
        }

        try
        {
            await next(context);
        }
        catch (Exception e) when (encoding.Length > 0 && IsUnpacking(e) && !context.Response.HasStarted)
        {
            await Problems.Of(400, "The body cannot be unpacked", $"The body is not {encoding} as Content-Encoding says.")
                .ExecuteAsync(context);
        }
    }).UseRequestDecompression();

    // Brotli has no exception of its own.
    private static bool IsUnpacking(Exception e) =>
        e is InvalidDataException || (e is InvalidOperationException && e.Source == "System.IO.Compression.Brotli");

    /// <summary>True if the request has a body.</summary>
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

        // While a body of unknown length is read, the server cuts it off at this limit.
        if (context.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = largestBytes;
        }

        return await next(context);
    }
}
