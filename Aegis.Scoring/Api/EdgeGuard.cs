using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Aegis.Core.Faults;
using Aegis.Scoring.Shards;
using Aegis.Scoring.Volumes;
using Aegis.Streams.Redis;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Api;

/// <summary>Decides who may call, and what callers see when something fails.</summary>
internal static class EdgeGuard
{
    private const string Header = "X-Api-Key";
    private const string RetryAfterSeconds = "1";

    // Space comes back when somebody makes it.
    private const string RetryAfterSpaceSeconds = "10";

    /// <summary>With an API key, every caller must send it. Without one, only loopback callers get an answer. Health is
    /// open to all.</summary>
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
                ? Problems.Of(403, "Loopback only",
                    "Without an API key the service answers callers on this machine only. Start it with an API key to open it.")
                : Problems.Of(401, "API key missing or wrong", $"Send the API key in the header {Header}.");
            await problem.ExecuteAsync(context);
        });
    }

    /// <summary>Maps expected failures to status codes with problem details. Any other failure becomes a 500 without details.</summary>
    /// <remarks>A request that cannot be read is its caller's fault, however many there are: <see cref="CallerFaults"/> says so once a
    /// second, and no stack is logged.</remarks>
    public static IApplicationBuilder UseProblems(this WebApplication app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        ExceptionHandler = AnswerAsync,
        SuppressDiagnosticsCallback = failed => failed.Exception is BadHttpRequestException,
    });

    private static async Task AnswerAsync(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (error is BadHttpRequestException)
        {
            context.RequestServices.GetRequiredService<CallerFaults>().Note(error.Message);
        }

        var problem = error switch
        {
            RedisUnavailableException e =>
                Problems.Of(503, "The log cannot be reached",
                $"{e.Message.TrimEnd('.')}. What was sent may or may not be accepted; sending it again is safe."),
            RedisFullException e =>
                Problems.Of(503, "The log is full", $"{e.Message} What was sent before is kept; sending this again is safe."),
            RedisErrorException e => Problems.Of(503, "The log refuses to append", e.Message),
            SqliteException e => Problems.Of(503, "The store does not answer", e.Message),
            BadHttpRequestException { InnerException: JsonException json } =>
                Problems.Of(400, "The request cannot be read", $"The body cannot be read: {FaultMessage.Of(json)}."),
            BadHttpRequestException e => Problems.Of(e.StatusCode, "The request cannot be read", e.Message),
            _ => Problems.Of(500, "Internal error", "The service met an unexpected error; its log has the details."),
        };
        if (problem.StatusCode == StatusCodes.Status503ServiceUnavailable)
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            if (context.RequestServices.GetRequiredService<WatchedVolumes>().Shortage is { } shortage)
            {
                problem.ProblemDetails.Detail = $"{problem.ProblemDetails.Detail?.TrimEnd('.')}. {shortage}";
            }
        }

        await problem.ExecuteAsync(context);
    }

    /// <summary>Answers 503 while decisions lag behind appends by more than the limit, so an accepted payment is decided soon.</summary>
    public static RouteHandlerBuilder RefusesWhileBehind(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(async (context, next) =>
    {
        var services = context.HttpContext.RequestServices;
        if (services.GetRequiredService<ShardOwnership>().LogFault is { } fault)
        {
            return Problems.Of(503, "The log is broken", $"Nothing more is accepted. {fault}");
        }

        var lag = services.GetRequiredService<LogLag>().Now;
        var limit = TimeSpan.FromSeconds(services.GetRequiredService<IOptions<ScoringOptions>>().Value.LagLimitSeconds);
        if (lag <= limit)
        {
            return await next(context);
        }

        context.HttpContext.Response.Headers.RetryAfter = RetryAfterSeconds;
        return Problems.Of(
            503, "Deciding lags behind", $"Deciding lags {lag.TotalSeconds:N1} s behind; nothing more is accepted above {limit.TotalSeconds:N0} s. What was accepted is kept and will be decided; send this again later.");
    });

    /// <summary>Answers 503 while a volume has less free space than the reserve, so that what is accepted can be stored.</summary>
    public static RouteHandlerBuilder RefusesWithoutSpace(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter(async (context, next) =>
    {
        if (context.HttpContext.RequestServices.GetRequiredService<WatchedVolumes>().Refusal is not { } refusal)
        {
            return await next(context);
        }

        context.HttpContext.Response.Headers.RetryAfter = RetryAfterSpaceSeconds;
        return Problems.Of(
            503, "Little space is left", $"{refusal} What was accepted is kept and will be decided; send this again later.");
    });

    private static bool IsAllowed(HttpContext context, string? key)
    {
        if (string.IsNullOrEmpty(key))
        {
            return context.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(context.Connection.RemoteIpAddress);
        }

        var sent = context.Request.Headers[Header].ToString();
        return CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(sent)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
    }
}
