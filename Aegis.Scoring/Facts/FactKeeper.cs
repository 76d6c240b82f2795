using Aegis.Scoring.Commits;
using Aegis.Scoring.Storage;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Facts;

/// <summary>Merges facts as shards publish them, notifies waiting shards, and keeps a merged table in the store from
/// time to time.</summary>
internal sealed partial class FactKeeper(
    FactVersions versions, FactStore store, Caretaker caretaker, FactMetrics metrics, TimeProvider time, ILogger<FactKeeper> logger)
{
    private const long MinKeptBytes = 4 << 20;

    // The commits of other processes are found by polling, and only while somebody waits for them.
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CarePause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PatienceBetweenWarnings = TimeSpan.FromSeconds(10);

    private long _waitingSince;
    private long _caredAt;

    /// <summary>Runs until cancelled.</summary>
    /// <param name="goOn">Is told of each shard whose facts have arrived.</param>
    /// <param name="cancel">Ends the run.</param>
    /// <exception cref="StoreException">A shard reads a version that the store no longer keeps.</exception>
    public async Task RunAsync(Func<int, CancellationToken, ValueTask> goOn, CancellationToken cancel)
    {
        metrics.Observe(versions);
        try
        {
            while (true)
            {
                await versions.WaitAsync(versions.Asking.Count > 0 ? LookPause : CarePause, cancel);
                await TryAsync(goOn, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The waiting shards go on under their next owner.
        }
    }

    private async Task TryAsync(Func<int, CancellationToken, ValueTask> goOn, CancellationToken cancel)
    {
        try
        {
            foreach (var claim in versions.Step())
            {
                await goOn(claim.Shard, cancel);
            }

            NoteWaiting();
            if (caretaker.IsHere && time.GetElapsedTime(_caredAt) > CarePause)
            {
                _caredAt = time.GetTimestamp();
                Care();
            }
        }
        catch (SqliteException e)
        {
            LogPutOff(e.Message);
        }
    }

    /// <summary>Keeps a table once the counts since the last one are larger than that table. So keeping costs no more
    /// than publishing, and a start reads no more than twice a table.</summary>
    private void Care()
    {
        var (countBytes, tableBytes) = store.Growth();
        if (countBytes > Math.Max(MinKeptBytes, tableBytes) && versions.Newest() is { } newest)
        {
            store.Keep(newest.VersionMs, newest.Table.Span, newest.Trend);
            newest.Table.Return();
        }

        store.DropUnneeded();
    }

    private void NoteWaiting()
    {
        var asking = versions.Asking;
        if (asking.Count == 0)
        {
            _waitingSince = 0;
            return;
        }

        _waitingSince = _waitingSince == 0 ? time.GetTimestamp() : _waitingSince;
        if (time.GetElapsedTime(_waitingSince) > PatienceBetweenWarnings)
        {
            _waitingSince = time.GetTimestamp();
            var (slowest, barrierMs) = store.Slowest();
            LogWaiting(asking.Count, DateTimeOffset.FromUnixTimeMilliseconds(asking.Min(claim => claim.VersionMs)), slowest,
                DateTimeOffset.FromUnixTimeMilliseconds(barrierMs));
        }
    }

    [LoggerMessage(2601, LogLevel.Debug, "Merging facts is put off: {Reason}")]
    private partial void LogPutOff(string reason);

    [LoggerMessage(2602, LogLevel.Warning,
        "{Count} shards wait for facts up to {Version}: shard {Slowest} has passed the barrier of {Barrier} only")]
    private partial void LogWaiting(int count, DateTimeOffset version, int slowest, DateTimeOffset barrier);
}
