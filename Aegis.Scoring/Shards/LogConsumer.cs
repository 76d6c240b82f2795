using Aegis.Scoring.Facts;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Shards;

/// <summary>Runs what decides: shards are owned, their logs read, their entries decided on the lanes, the results committed, facts merged.
/// Ends them in the order in which nothing is lost.</summary>
internal sealed partial class LogConsumer(
    ShardOwnership ownership, LogReading reading, ShardLanes lanes, StoreWriter storeWriter, FactKeeper facts, RunEnding runEnding,
    ILogger<LogConsumer> logger) : BackgroundService
{
    private string? _fault;

    /// <summary>True once the shards that are this process's share are rebuilt and read.</summary>
    public bool IsReady => ownership.IsSettled;

    /// <summary>Why nothing is read at the moment; null where all is well.</summary>
    public string? Fault => _fault ?? reading.Fault ?? ownership.Fault;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whatever ends this service but a request to stop is a failure, and the process says so by its exit code.
        runEnding.ExitCode = RunEnding.Failure;
        try
        {
            await ConsumeAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            runEnding.ExitCode = 0;
            LogStopped();
        }
        catch (ReplacedException e)
        {
            _fault = e.Message;
            LogReplaced(e);
            runEnding.Stop();
        }
    }

    private async Task ConsumeAsync(CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        // Decisions are committed even while stopping: what callers were told is in the store.
        var writing = Task.Run(() => storeWriter.RunAsync(CancellationToken.None), CancellationToken.None);
        lanes.Start();
        var owning = ownership.RunAsync(ending.Token);
        var merging = Task.Run(() => facts.RunAsync(lanes.GoOnAsync, ending.Token), CancellationToken.None);
        try
        {
            await reading.RunAsync(Task.WhenAny([writing, owning, merging]), stopping);
            stopping.ThrowIfCancellationRequested();
        }
        finally
        {
            await ending.CancelAsync();
            var deciding = lanes.FinishAsync();
            // Lanes do not end before a writer that takes their work, nor after one that has failed.
            await Task.WhenAny(deciding, writing);
            storeWriter.Complete();
            await writing;
            await deciding;
            await ownership.LeaveAsync();
            await owning;
            await merging;
        }
    }

    [LoggerMessage(2102, LogLevel.Critical, "This process was replaced by another and stops")]
    private partial void LogReplaced(ReplacedException exception);

    [LoggerMessage(2103, LogLevel.Information, "Stopped reading; everything decided is stored")]
    private partial void LogStopped();
}
