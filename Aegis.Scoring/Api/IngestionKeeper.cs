using Aegis.Scoring.Storage;
using Aegis.Streams.Ingestions;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Api;

/// <summary>Takes the runs of ingestion that were handed over into the store, now and then and before they are listed.</summary>
internal sealed class IngestionKeeper(IngestionReports reports, IngestionStore store, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>Takes in what was handed over so far. What cannot be taken now is taken later.</summary>
    public async Task TakeAsync(CancellationToken cancel)
    {
        try
        {
            await reports.TakeAsync(store.Add, cancel);
        }
        catch (Exception e) when (e is RedisException or SqliteException)
        {
            // Health reports both; the runs wait in their stream.
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await TakeAsync(stoppingToken);
        }
    }
}
