using Aegis.Core.Facts;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Facts;

/// <summary>Appends barriers by the clock, where no producer appends them by event time. Nobody else looks at the clock: what a barrier
/// means is a matter of the log.</summary>
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
            // After a start the last owner of the shard may have appended it already; twice does no harm.
            if (barrier.IntervalEndMs <= _appendedMs || (_appendedMs == 0 && store.CompleteMs() >= barrier.IntervalEndMs))
            {
                return;
            }

            // Once begun it is carried through, so that a stop leaves no shard without it.
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
