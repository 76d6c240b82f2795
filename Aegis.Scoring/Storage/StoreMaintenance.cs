using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>What the store needs behind the hot path: checkpoints, the index, and the limits of age and size.</summary>
internal sealed partial class StoreMaintenance(
    Store store, IndexBuilder index, Retention retention, Caretaker caretaker, TimeProvider time, ILogger<StoreMaintenance> logger)
    : BackgroundService
{
    // More rows can be deleted in a round than one step of the index takes in: neither falls behind the other.
    private const int DeletionsPerRound = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // Lets a writer that waits have its turn.
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
                // Full, locked or read-only: the writer says so in health; this work waits.
                LogPutOff(e.Message);
            }
        }
    }

    /// <returns>True where something was deleted.</returns>
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
