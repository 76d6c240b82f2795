using Aegis.Core.Facts;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Facts;

/// <summary>Appends barriers by the clock, if no producer appends them by event time. Only this class looks at the
/// clock; everything else takes a barrier's meaning from the log.</summary>
internal sealed partial class FactClock(
    TransactionLog log, FactStore store, Caretaker caretaker, IOptions<ScoringOptions> options, TimeProvider time,
    ILogger<FactClock> logger) : BackgroundService
{
    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(1);

    private long _appendedMs;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var intervalMs = options.Value.FactsIntervalSeconds * 1_000L;
        while (intervalMs > 0)
        {
            if (caretaker.IsHere)
            {
                await TryAsync(FactBarrier.At(time.GetUtcNow().ToUnixTimeMilliseconds(), intervalMs));
            }

            var untilNext = TimeSpan.FromMilliseconds(intervalMs - (time.GetUtcNow().ToUnixTimeMilliseconds() % intervalMs));
            await Task.Delay(untilNext < MaxPause ? untilNext : MaxPause, time, stoppingToken);
        }
    }

    private async Task TryAsync(FactBarrier barrier)
    {
        try
        {
            // After a start, the last owner of the shard may have appended it already. A second one does no harm.
            if (barrier.IntervalEndMs <= _appendedMs || (_appendedMs == 0 && store.CompleteMs() >= barrier.IntervalEndMs))
            {
                return;
            }

            // An append that has begun runs to its end, so that a stop leaves no shard without the barrier.
            await log.AppendControlAsync(ControlEntry.Of(barrier), CancellationToken.None);
            _appendedMs = barrier.IntervalEndMs;
        }
        catch (Exception e) when (e is RedisException or SqliteException)
        {
            LogPutOff(e.Message);
        }
    }

    [LoggerMessage(2603, LogLevel.Debug, "A barrier of facts was not appended: {Reason}")]
    private partial void LogPutOff(string reason);
}
