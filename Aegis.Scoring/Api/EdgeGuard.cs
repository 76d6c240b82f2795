using System.Net;
using System.Security.Cryptography;
using System.Text;
using Aegis.Streams.Redis;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Api;

/// <summary>Who may call, and what callers see when something breaks.</summary>
internal static class EdgeGuard
{
    private const string Header = "X-Api-Key";

    /// <summary>With a key every caller must send it; without one only loopback callers are answered. Health is open.</summary>
    public static IApplicationBuilder UseApiKey(this WebApplication app)
    {
        var key = app.Services.GetRequiredService<IOptions<ScoringOptions>>().Value.ApiKey;
        return app.Use(async (context, next) =>
        {
            if (context.Request.Path.Value is "/health" or "/alive" || IsAllowed(context, key))
            {
                await next(context);
                return;
            }

            var problem = string.IsNullOrEmpty(key)
                ? Problems.Of(403, "Loopback only", "Without an API key the service answers callers on this machine only. Start it with an API key to open it.")
                : Problems.Of(401, "API key missing or wrong", $"Send the API key in the header {Header}.");
            await problem.ExecuteAsync(context);
        });
    }

    /// <summary>Maps the failures that are expected to status codes with problem details; the rest is a 500 without inner details.</summary>
    public static IApplicationBuilder UseProblems(this WebApplication app) => app.UseExceptionHandler(handler => handler.Run(async context =>
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (error is RedisUnavailableException)
        {
            context.Response.Headers.RetryAfter = "1";
        }

        var problem = error switch
        {
            RedisUnavailableException e => Problems.Of(503, "The log cannot be reached", $"{e.Message.TrimEnd('.')}. What was sent may or may not be accepted; sending it again is safe."),
            RedisErrorException e => Problems.Of(503, "The log refuses to append", e.Message),
            BadHttpRequestException e => Problems.Of(e.StatusCode, "The request cannot be read", e.Message),
            _ => Problems.Of(500, "Internal error", "The service met an unexpected error; its log has the details."),
        };
        await problem.ExecuteAsync(context);
    }));

    private static bool IsAllowed(HttpContext context, string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return context.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(context.Connection.RemoteIpAddress);
        }

        var sent = context.Request.Headers[Header].ToString();
        return CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(sent)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }
}
