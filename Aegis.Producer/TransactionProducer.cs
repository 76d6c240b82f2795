using Aegis.Core.Transactions;
using Aegis.Datasets;
using Aegis.Streams;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Logging;

namespace Aegis.Producer;

/// <summary>Sends transactions at a pace, with its progress in the same Redis transaction, and goes on where Redis comes back.</summary>
internal sealed partial class TransactionProducer(TransactionLog log, string name, Pace pace, TimeProvider time, ILogger<TransactionProducer> logger)
{
    private const int LargestBatch = 500;
    private const int LargestHistory = 20_000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly List<LogMessage> _batch = [];
    private long _batchProgress;
    private int _batchHistory;
    private bool _isUncertain;

    /// <summary>How far this producer came in earlier runs; 0 where it never ran.</summary>
    public async Task<long> ProgressAsync(CancellationToken cancel) => await RetryAsync(() => log.ProgressAsync(name, cancel), cancel) ?? 0;

    /// <summary>Where a named run began; where it has no name, it begins at the progress.</summary>
    public Task<long> RunStartAsync(string? run, long progress, CancellationToken cancel) =>
        run is null ? Task.FromResult(progress) : RetryAsync(() => log.RunStartAsync(name, run, progress, cancel), cancel);

    /// <summary>Sends everything.</summary>
    /// <returns>The number of transactions sent, histories not counted.</returns>
    public async Task<long> RunAsync(IEnumerable<ProducedItem> items, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        Transaction? first = null;
        long sent = 0;
        try
        {
            foreach (var item in items)
            {
                first ??= item.Transaction;
                var wait = pace.DueAfter(sent, first, item.Transaction) - time.GetElapsedTime(started);
                if (wait > Tick)
                {
                    await SendAsync(cancel);
                    await Task.Delay(wait, time, cancel);
                }

                Add(item);
                sent++;
                if (_batch.Count >= LargestBatch || _batchHistory >= LargestHistory)
                {
                    await SendAsync(cancel);
                }
            }
        }
        catch (DatasetException)
        {
            await SendAsync(cancel);
            throw;
        }

        await SendAsync(cancel);
        return sent;
    }

    private void Add(ProducedItem item)
    {
        var producedAt = time.GetUtcNow();
        if (item.History.Count > 0)
        {
            _batch.Add(new LogMessage(item.History, IsHistory: true, producedAt, TraceParent: null));
            _batchHistory += item.History.Count;
        }

        _batch.Add(new LogMessage([item.Transaction], IsHistory: false, producedAt, TraceParent: null));
        _batchProgress = item.Progress;
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        if (_batch.Count == 0)
        {
            return;
        }

        var isSent = false;
        while (!isSent)
        {
            isSent = await RetryAsync(() => SendOnceAsync(cancel), cancel);
        }

        _batch.Clear();
        _batchHistory = 0;
    }

    /// <summary>Sends the batch; where a broken connection left it open whether an earlier try went through, progress tells.</summary>
    private async Task<bool> SendOnceAsync(CancellationToken cancel)
    {
        if (_isUncertain && await log.ProgressAsync(name, cancel) == _batchProgress)
        {
            _isUncertain = false;
            return true;
        }

        _isUncertain = true;
        await log.AppendAsync(_batch, name, _batchProgress, cancel);
        _isUncertain = false;
        return true;
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> action, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await action();
            }
            catch (Exception e) when (e is RedisUnavailableException or RedisFullException)
            {
                LogWaiting(e.Message);
                await Task.Delay(RetryPause, time, cancel);
            }
        }
    }

    [LoggerMessage(3001, LogLevel.Warning, "Waiting for Redis: {Reason}")]
    private partial void LogWaiting(string reason);
}
