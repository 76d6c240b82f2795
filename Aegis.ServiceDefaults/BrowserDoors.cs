using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aegis.ServiceDefaults;

/// <summary>Keeps other web sites from using a service of this machine through the browser of whoever sits at it.</summary>
public static class BrowserDoors
{
    private const string HostsKey = "AllowedHosts";
    private const string LoopbackHosts = "localhost;*.localhost;127.0.0.1;[::1]";

    /// <summary>Answers requests to this machine's loopback names alone: a foreign name that resolves to it (DNS rebinding) gets 400.
    /// The setting <c>AllowedHosts</c> names others, separated by semicolons.</summary>
    public static TBuilder AllowLoopbackHosts<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Configuration[HostsKey] is null)
        {
            builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>(HostsKey, LoopbackHosts)]);
        }

        return builder;
    }

    /// <summary>Refuses with 403 what pages of other origins send: calls that change something, and web sockets.</summary>
    public static IApplicationBuilder UseOwnOriginOnly(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        if (!IsReading(request) && ForeignOriginOf(request) is { } origin)
        {
            await TypedResults.Problem(
                $"Origin is '{origin}'; allowed: '{request.Scheme}://{request.Host}', or none.", statusCode: StatusCodes.Status403Forbidden,
                title: "Other web sites may not call this").ExecuteAsync(context);
            return;
        }

        await next(context);
    });

    private static bool IsReading(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        && !request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where the request names no origin, as programs do, or its own.</summary>
    private static string? ForeignOriginOf(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0)
        {
            return request.Headers["Sec-Fetch-Site"] == "cross-site" ? "another site" : null;
        }

        var isOwn = Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && (string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)
                || string.Equals($"{uri.Host}:{uri.Port}", request.Host.Value, StringComparison.OrdinalIgnoreCase));
        return isOwn ? null : origin;
    }
}
