using Aegis.Scoring.Facts;
using Aegis.Scoring.Storage;

namespace Aegis.Scoring.Shards;

/// <summary>Runs the parts that decide: owning shards, reading logs, deciding entries on lanes, committing results,
/// merging facts. It ends them in an order that loses nothing.</summary>
internal sealed partial class LogConsumer(
    ShardOwnership ownership, LogReading reading, ShardLanes lanes, StoreWriter storeWriter, FactKeeper facts, RunEnding runEnding,
    ILogger<LogConsumer> logger) : BackgroundService
{
    private string? _fault;

    /// <summary>True once this process has rebuilt its share of the shards and reads them.</summary>
    public bool IsReady => ownership.IsSettled;

    /// <summary>The reason why nothing is read at the moment; null if all is well.</summary>
    public string? Fault => _fault ?? reading.Fault ?? ownership.Fault;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Any end of this service except a requested stop is a failure, and the exit code says so.
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
        // Decisions are committed even during a stop, so that the store has what callers were told.
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
            // Lanes can end only while a writer takes their work. A writer that has failed takes none.
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
