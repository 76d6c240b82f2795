using System.Text.Json;
using Aegis.Scoring.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Api;

/// <summary>Reads a decision as a caller would as soon as there is one: code is compiled when it runs first, and no caller need wait for that.</summary>
internal sealed class FirstRead(DecisionStore decisions, IOptions<JsonOptions> json, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken) && !TryRead())
        {
        }
    }

    private bool TryRead()
    {
        try
        {
            return decisions.List(new DecisionQuery(null, false, null, null, null, 1)) is [var newest]
                && JsonSerializer.SerializeToUtf8Bytes(decisions.Find(newest.Decision.Transaction.Id), json.Value.SerializerOptions).Length > 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
