using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Maintains the store behind the hot path: checkpoints, the index, and the limits of age and size.</summary>
internal sealed partial class StoreMaintenance(
    Store store, IndexBuilder index, Retention retention, Caretaker caretaker, TimeProvider time, ILogger<StoreMaintenance> logger)
    : BackgroundService
{
    // A round can delete more rows than a step of the index takes in, so neither falls behind the other.
    private const int DeletionsPerRound = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Gives a waiting writer its turn.
    private static readonly TimeSpan DeletionPause = TimeSpan.FromMilliseconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                do
                {
                    store.Checkpoint();
                }
                while (!stoppingToken.IsCancellationRequested && caretaker.IsHere && index.Step() | await DeleteAsync(stoppingToken));
            }
            catch (SqliteException e)
            {
                // The store is full, locked or read-only. The writer reports that in health; maintenance waits.
                LogPutOff(e.Message);
            }
        }
    }

    /// <returns>True if something was deleted.</returns>
    private async Task<bool> DeleteAsync(CancellationToken stopping)
    {
        var steps = 0;
        for (; steps < DeletionsPerRound && retention.Step(); steps++)
        {
            await Task.Delay(DeletionPause, time, stopping);
        }

        return steps > 0;
    }

    [LoggerMessage(2301, LogLevel.Debug, "Store maintenance put off: {Reason}")]
    private partial void LogPutOff(string reason);
}
