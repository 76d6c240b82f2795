using Aegis.Core.Facts;
using Aegis.Core.Numerics;
using Aegis.Core.Transactions;
using Aegis.Datasets.Files;
using Aegis.ServiceDefaults;
using Aegis.Streams.Appending;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Logging;
using Polly;

namespace Aegis.Producer;

/// <summary>Sends transactions at a pace. Appends each shard's transactions and its progress in one Redis transaction,
/// and retries until Redis is back.</summary>
/// <param name="log">The log that gets them.</param>
/// <param name="plan">The producer's name, pace and batch sizes.</param>
/// <param name="control">What operators ask for.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Says that the producer waits.</param>
internal sealed partial class TransactionProducer(
    TransactionLog log, ProducerPlan plan, ProducerControl control, TimeProvider time, ILogger<TransactionProducer> logger)
{
    private const int MinFullBatch = 500;
    private const int MaxHistory = 20_000;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);

    private readonly ResiliencePipeline _retries = Retries.Endless(
        "appends of a producer", RetryPause, time, fault => fault is RedisUnavailableException or RedisFullException, fault =>
            LogWaiting(logger, fault.Message));

    private readonly Dictionary<int, ShardBatch> _batches = [];
    private readonly int _fullBatch = Math.Max(MinFullBatch, plan.MaxFrame * log.ShardCount);
    private int _batchItems;
    private int _batchHistory;
    private long _lastBarrierMs;
    private ProducerProgress? _progress;

    /// <summary>What this producer has sent, earlier runs included.</summary>
    public async Task<ProducerProgress> ProgressAsync(CancellationToken cancel) =>
        _progress ??= await RetryAsync(() => log.ProgressAsync(plan.Name, cancel), cancel);

    /// <summary>The number after which a named run began; without a name, the highest number sent so far.</summary>
    public async Task<long> RunStartAsync(string? run, CancellationToken cancel)
    {
        var highest = (await ProgressAsync(cancel)).Highest;
        return run is null ? highest : await RetryAsync(() => log.RunStartAsync(plan.Name, run, highest, cancel), cancel);
    }

    /// <summary>Sends the items that the log does not have.</summary>
    /// <param name="items">Ascending by number, without a gap from the first that the log lacks. Later items make
    /// barriers even if the log has them.</param>
    /// <param name="cancel">Ends the run.</param>
    /// <returns>The number of transactions sent, histories not counted.</returns>
    public async Task<long> RunAsync(IEnumerable<ProducedItem> items, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        Transaction? first = null;
        var paused = TimeSpan.Zero;
        var (sent, urgent) = (0L, 0L);
        var progress = await ProgressAsync(cancel);
        var complete = progress.Complete;
        try
        {
            foreach (var item in items)
            {
                if (item.Number > complete)
                {
                    AddBarrier(item.Transaction);
                }

                if (progress.Has(item.Number))
                {
                    continue;
                }

                paused += await WhilePausedAsync(cancel);
                first ??= item.Transaction;
                var wait = item.IsUrgent
                    ? TimeSpan.Zero
                    : plan.Pace.DueAfter(sent - urgent, first, item.Transaction) - (time.GetElapsedTime(started) - paused);
                if (wait > Tick)
                {
                    await SendAsync(cancel);
                    await Task.Delay(wait, time, cancel);
                }

                Add(item);
                sent++;
                urgent += item.IsUrgent ? 1 : 0;
                if (_batchItems >= _fullBatch || _batchHistory >= MaxHistory)
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

    /// <returns>How long the producer was paused.</returns>
    private async Task<TimeSpan> WhilePausedAsync(CancellationToken cancel)
    {
        if (!control.IsPaused)
        {
            return TimeSpan.Zero;
        }

        await SendAsync(cancel);
        var since = time.GetTimestamp();
        await control.WhilePausedAsync(cancel);
        return time.GetElapsedTime(since);
    }

    /// <summary>Adds a barrier before the first transaction of each interval. After a restart a shard may get a barrier
    /// twice; it ignores the second.</summary>
    private void AddBarrier(Transaction next)
    {
        if (plan.BarrierIntervalMs == 0 || FactBarrier.At(next.EventTime.ToUnixTimeMilliseconds(), plan.BarrierIntervalMs) is var barrier
            && barrier.IntervalEndMs <= _lastBarrierMs)
        {
            return;
        }

        _lastBarrierMs = barrier.IntervalEndMs;
        for (var shard = 0; shard < log.ShardCount; shard++)
        {
            BatchOf(shard).Add(barrier);
        }

        _batchItems += log.ShardCount;
    }

    private void Add(ProducedItem item)
    {
        BatchOf(StableHash.ShardOf(item.Transaction.CardToken, log.ShardCount))
            .Add(item.Number, item.History, item.Transaction, time.GetUtcNow());
        _batchItems++;
        _batchHistory += item.History.Count;
    }

    private ShardBatch BatchOf(int shard)
    {
        if (!_batches.TryGetValue(shard, out var batch))
        {
            _batches[shard] = batch = new ShardBatch(shard, plan.MaxFrame, plan.Name);
        }

        return batch;
    }

    private async Task SendAsync(CancellationToken cancel)
    {
        if (_batches.Count == 0)
        {
            return;
        }

        await RetryAsync(async () =>
        {
            var progress = await ProgressAsync(cancel);
            // If the append fails, only the log knows which shards have their part.
            _progress = null;
            await log.AppendAsync([.. _batches.Values], progress, cancel);
            return _progress = progress;
        }, cancel);
        _batches.Clear();
        (_batchItems, _batchHistory) = (0, 0);
    }

    private async Task<T> RetryAsync<T>(Func<Task<T>> action, CancellationToken cancel) =>
        await _retries.ExecuteAsync(async _ => await action(), cancel);

    [LoggerMessage(3001, LogLevel.Warning, "Waiting for Redis: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);
}
