using Aegis.Scoring.Storage;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Api;

/// <summary>Reads a decision as a caller would as soon as there is one: code is compiled when it runs first, and no caller need wait for that.</summary>
internal sealed class FirstRead(DecisionStore decisions, EndpointDataSource endpoints, IServiceScopeFactory scopes, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken) && !await TryReadAsync(stoppingToken))
        {
        }
    }

    private async Task<bool> TryReadAsync(CancellationToken stopping)
    {
        try
        {
            if (decisions.List(new DecisionQuery(null, false, null, null, null, 1)) is not [var newest])
            {
                return false;
            }

            await AnswerAsync(newest.Decision.Transaction.Id, stopping);
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <summary>What an HTTP request comes to once it is routed, with an answer that nobody reads.</summary>
    private async Task AnswerAsync(string id, CancellationToken stopping)
    {
        var endpoint = endpoints.Endpoints.OfType<RouteEndpoint>().Single(endpoint => endpoint.RoutePattern.RawText == DecisionEndpoints.One);
        await using var scope = scopes.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = stopping };
        context.Request.Method = HttpMethods.Get;
        context.Request.RouteValues["id"] = id;
        context.SetEndpoint(endpoint);
        await endpoint.RequestDelegate!(context);
    }
}
