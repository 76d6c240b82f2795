using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Follows what was committed, behind the hot path and in small steps. Among several processes the caretaker does it.</summary>
internal abstract class CommitFollower(Caretaker caretaker, TimeProvider time, TimeSpan pause) : BackgroundService
{
    // Gives a waiting writer its turn.
    private static readonly TimeSpan StepPause = TimeSpan.FromMilliseconds(10);

    /// <summary>The clock.</summary>
    protected TimeProvider Time { get; } = time;

    /// <summary>Takes the next commits in.</summary>
    /// <returns>True if there may be more.</returns>
    internal abstract bool Step();

    /// <summary>Logs why a step was put off.</summary>
    protected abstract void PutOff(string reason);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(pause, Time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (!stoppingToken.IsCancellationRequested && caretaker.IsHere && Step())
                {
                    await Task.Delay(StepPause, Time, stoppingToken);
                }
            }
            catch (SqliteException e)
            {
                // The store is full, locked or read-only. The writer reports that in health; what was committed waits in the store.
                PutOff(e.Message);
            }
        }
    }
}
