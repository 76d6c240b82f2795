using System.Diagnostics.Metrics;
using Aegis.Core.Decisions;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Redis;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Shards;

/// <summary>Trims the logs of this process's shards, never beyond a complete snapshot that is safe on disk.</summary>
internal sealed partial class LogTrimmer(
    Store store, ShardOwnership ownership, TransactionLog log, IOptions<ScoringOptions> options, ScoringTelemetry telemetry,
    TimeProvider time, ILogger<LogTrimmer> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<int, LogPosition> _trimmed = [];
    private readonly Counter<long> _removed = telemetry.Meter.CreateCounter<long>(
        "aegis.log.trimmed", "{entry}", "Entries trimmed from the log.");

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        while (options.Value.TrimLog && await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await TrimAsync(stoppingToken);
            }
            catch (Exception e) when (e is RedisException or SqliteException)
            {
                LogPutOff(e.Message);
            }
        }
    }

    private async Task TrimAsync(CancellationToken cancel)
    {
        var due = store.Shards().Where(shard => ownership.Owns(shard.Key) && shard.Value.Snapshot > _trimmed.GetValueOrDefault(shard.Key))
            .ToList();

        // The checkpoint follows the read of the positions, so it covers their snapshots.
        if (due.Count == 0 || !store.Checkpoint())
        {
            return;
        }

        foreach (var (shard, state) in due)
        {
            var removed = await log.TrimAsync(shard, state.Snapshot, cancel);
            _trimmed[shard] = state.Snapshot;
            _removed.Add(removed);
            LogTrimmed(shard, state.Snapshot, removed);
        }
    }

    [LoggerMessage(2108, LogLevel.Debug, "The log of shard {Shard} was trimmed to {Position}: {Entries} entries")]
    private partial void LogTrimmed(int shard, LogPosition position, long entries);

    [LoggerMessage(2109, LogLevel.Warning, "The log was not trimmed: {Reason}")]
    private partial void LogPutOff(string reason);
}
