using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>What the store needs behind the hot path: checkpoints and the index.</summary>
internal sealed partial class StoreMaintenance(Store store, IndexBuilder index, TimeProvider time, ILogger<StoreMaintenance> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                Checkpoint();
                while (!stoppingToken.IsCancellationRequested && index.Step())
                {
                    Checkpoint();
                }
            }
            catch (SqliteException e)
            {
                // Full, locked or read-only: the writer says so in health; this work waits.
                LogPutOff(e.Message);
            }
        }
    }

    private void Checkpoint() => store.Checkpoint();

    [LoggerMessage(2301, LogLevel.Debug, "Store maintenance put off: {Reason}")]
    private partial void LogPutOff(string reason);
}
