using System.Threading.Channels;
using Aegis.Core.Decisions;
using Aegis.Scoring.Models;
using Aegis.Scoring.Storage;
using Aegis.Scoring.Telemetry;
using Aegis.Streams;
using Aegis.Streams.Redis;

namespace Aegis.Scoring.Consumption;

/// <summary>Reads all shards, has them decided on as many threads as there are cores, and hands the results to the <see cref="StoreWriter"/>.</summary>
internal sealed partial class LogConsumer(
    Store store, DecisionStore decisions, ModelInForce models, StreamOptions streams, StreamClients clients, StoreWriter storeWriter, DuplicateIndex duplicates, DecisionWaiters waiters,
    LiveStatistics statistics, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LogConsumer> logger) : BackgroundService
{
    private const int RecoveryRead = 1_000;
    private const int FailureExitCode = 70;
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    /// <summary>True once histories stand where the store does and reading goes on.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Why nothing is read at the moment; null where all is well.</summary>
    public string? Fault { get; private set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Whatever ends this service but a request to stop is a failure, and the process says so by its exit code.
        Environment.ExitCode = FailureExitCode;
        try
        {
            await ConsumeAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Environment.ExitCode = 0;
            LogStopped();
        }
        catch (FencedException e)
        {
            Fault = e.Message;
            LogFenced(e);
            lifetime.StopApplication();
        }
    }

    private async Task ConsumeAsync(CancellationToken stopping)
    {
        var epoch = store.TakeOver();
        var positions = store.Positions().ToDictionary();
        var workers = Enumerable.Range(0, streams.ShardCount)
            .Select(shard => new ShardWorker(shard, streams.ShardCount, models.Model, models.Rates, duplicates, waiters, time)).ToArray();
        duplicates.Load(decisions.DecidedTransactions());
        await RecoverAsync(workers, positions, stopping);
        duplicates.EndRecovery();

        using var writer = new DecisionWriter(store, epoch);
        // A batch that was begun is committed even while stopping: what callers were told is in the store.
        var writing = storeWriter.RunAsync(writer, CancellationToken.None);
        var lanes = Enumerable.Range(0, Math.Min(Environment.ProcessorCount, streams.ShardCount)).Select(_ => new Lane(workers, storeWriter)).ToArray();
        IsReady = true;
        try
        {
            await ReadAsync(lanes, positions, writing, stopping);
            stopping.ThrowIfCancellationRequested();
        }
        finally
        {
            await Task.WhenAll(lanes.Select(lane => lane.FinishAsync()));
            storeWriter.Complete();
            await writing;
        }
    }

    private async Task ReadAsync(Lane[] lanes, Dictionary<int, LogPosition> positions, Task writing, CancellationToken stopping)
    {
        var reader = new ShardReader(clients.Blocking, streams);
        while (!writing.IsCompleted && !lanes.Any(lane => lane.IsEnded))
        {
            var read = await TryAsync(() => reader.ReadAsync(positions, stopping), stopping);
            var readAt = time.GetUtcNow();
            foreach (var shard in read ?? [])
            {
                positions[shard.Shard] = shard.Entries[^1].Position;
                statistics.Lag = readAt - shard.Entries[0].Position.AppendedAt;
                await lanes[shard.Shard % lanes.Length].OfferAsync(shard, readAt, stopping);
            }

            if (read is { Count: 0 })
            {
                statistics.Lag = TimeSpan.Zero;
            }
        }
    }

    /// <summary>Reads every shard again up to where the store stands.</summary>
    private async Task RecoverAsync(ShardWorker[] workers, Dictionary<int, LogPosition> positions, CancellationToken stopping)
    {
        var reader = new ShardReader(clients.Blocking, streams);
        var started = time.GetTimestamp();
        long count = 0;
        foreach (var (shard, last) in positions)
        {
            for (var after = LogPosition.Start; after < last;)
            {
                var entries = await TryAsync(() => reader.ReadRangeAsync(shard, after, last, RecoveryRead, stopping), stopping);
                if (entries is null)
                {
                    continue;
                }

                if (entries.Count == 0)
                {
                    throw new StoreException(
                        $"The store stands at {last} in shard {shard}, but the log ends at {after}: the log and the store are not of one data folder. Restore the log, or start with a fresh folder.");
                }

                workers[shard].Recover(entries);
                count += entries.Count;
                after = entries[^1].Position;
            }
        }

        LogRecovered(count, workers.Length, time.GetElapsedTime(started).TotalSeconds);
    }

    /// <summary>Null where Redis is gone for now.</summary>
    private async Task<T?> TryAsync<T>(Func<Task<T>> read, CancellationToken stopping)
        where T : class
    {
        try
        {
            var result = await read();
            Fault = null;
            return result;
        }
        catch (RedisUnavailableException e)
        {
            Fault = e.Message;
            await Task.Delay(RetryPause, time, stopping);
            return null;
        }
        catch (RedisErrorException e)
        {
            // LOADING while the append-only file is read back, or a server out of memory: it passes or an operator sees it in health.
            Fault = e.Message;
            await Task.Delay(RetryPause, time, stopping);
            return null;
        }
    }

    [LoggerMessage(2101, LogLevel.Information, "Histories rebuilt from {Entries} log entries of {Shards} shards in {Seconds:N1} s; reading on")]
    private partial void LogRecovered(long entries, int shards, double seconds);

    [LoggerMessage(2102, LogLevel.Critical, "This process no longer owns its shards and stops")]
    private partial void LogFenced(FencedException exception);

    [LoggerMessage(2103, LogLevel.Information, "Stopped reading; everything decided is stored")]
    private partial void LogStopped();

    /// <summary>One thread's worth of shards.</summary>
    private sealed class Lane
    {
        private readonly Channel<(ShardEntries Shard, DateTimeOffset ReadAt)> _queue =
            Channel.CreateBounded<(ShardEntries, DateTimeOffset)>(new BoundedChannelOptions(32) { SingleReader = true });

        private readonly Task _running;

        public Lane(ShardWorker[] workers, StoreWriter storeWriter) => _running = Task.Run(async () =>
        {
            await foreach (var (shard, readAt) in _queue.Reader.ReadAllAsync())
            {
                await storeWriter.WriteAsync(workers[shard.Shard].Process(shard.Entries, readAt), CancellationToken.None);
            }
        });

        /// <summary>True where it has failed: a lane ends by itself only once it is told to finish.</summary>
        public bool IsEnded => _running.IsCompleted;

        /// <summary>Queues entries; waits while the queue is full, and fails where the lane has.</summary>
        public async ValueTask OfferAsync(ShardEntries shard, DateTimeOffset readAt, CancellationToken cancel)
        {
            var offered = _queue.Writer.WriteAsync((shard, readAt), cancel).AsTask();
            await await Task.WhenAny(offered, _running);
        }

        public Task FinishAsync()
        {
            _queue.Writer.TryComplete();
            return _running;
        }
    }
}
