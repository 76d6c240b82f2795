using System.Collections.Concurrent;
using Aegis.Core.Decisions;
using Aegis.Scoring.Facts;
using Aegis.Scoring.Storage;
using Aegis.Scoring.Telemetry;
using Aegis.Streams;
using Aegis.Streams.Entries;
using Aegis.Streams.Reading;
using Aegis.Streams.Redis;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Consumption;

/// <summary>Reads the shards that this process owns, has them decided on as many threads as there are cores, and hands the results to the <see cref="StoreWriter"/>.</summary>
internal sealed partial class LogConsumer(
    Store store, ShardOwnership ownership, ShardReader reader, StreamOptions streams, IOptions<ScoringOptions> options, StoreWriter storeWriter, ReplyPublisher replies,
    FactKeeper facts, OtherShards others, LiveStatistics statistics, RunEnding runEnding, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LogConsumer> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan IdlePause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<int, OwnedShard> _reading = new();
    private readonly Lane[] _lanes = new Lane[Math.Min(Environment.ProcessorCount, streams.ShardCount)];
    private string? _readFault;

    /// <summary>True once the shards that are this process's share are rebuilt and read.</summary>
    public bool IsReady => ownership.IsSettled;

    /// <summary>Why nothing is read at the moment; null where all is well.</summary>
    public string? Fault => _readFault ?? ownership.Fault;

    /// <summary>The shards that this process reads, and where each stands.</summary>
    public async Task<IReadOnlyList<ShardReport>> ReportAsync(bool withFingerprint, CancellationToken cancel)
    {
        var reports = new List<ShardReport>();
        foreach (var (number, shard) in _reading.OrderBy(s => s.Key))
        {
            var done = new TaskCompletionSource<ShardReport>(TaskCreationOptions.RunContinuationsAsynchronously);
            await LaneOf(number).OfferAsync(shard, owned =>
            {
                done.TrySetResult(ShardReport.Of(owned.Worker, withFingerprint));
                return ValueTask.CompletedTask;
            }, cancel);
            reports.Add(await done.Task.WaitAsync(cancel));
        }

        return reports;
    }

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
            _readFault = e.Message;
            LogReplaced(e);
            lifetime.StopApplication();
        }
    }

    private async Task ConsumeAsync(CancellationToken stopping)
    {
        using var writer = new DecisionWriter(store, others);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        storeWriter.OnLost = ownership.Lose;
        // What was decided is committed even while stopping: what callers were told is in the store.
        var writing = Task.Run(() => storeWriter.RunAsync(writer, CancellationToken.None), CancellationToken.None);
        for (var i = 0; i < _lanes.Length; i++)
        {
            _lanes[i] = new Lane(storeWriter, replies);
        }

        var owning = ownership.RunAsync(ending.Token);
        var merging = Task.Run(() => facts.RunAsync(GoOnAsync, ending.Token), CancellationToken.None);
        try
        {
            await ReadAsync(Task.WhenAny([writing, owning, merging]), stopping);
            stopping.ThrowIfCancellationRequested();
        }
        finally
        {
            await ending.CancelAsync();
            var deciding = Task.WhenAll(_lanes.Select(lane => lane.FinishAsync()));
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

    private async Task ReadAsync(Task failure, CancellationToken stopping)
    {
        var positions = new Dictionary<int, LogPosition>();
        while (!failure.IsCompleted && !_lanes.Any(lane => lane.IsEnded))
        {
            await ChangeShardsAsync(positions, stopping);
            var open = Open(positions);
            if (open.Count == 0)
            {
                await Task.Delay(IdlePause, time, stopping);
                statistics.BehindSince = BehindSince([]);
                continue;
            }

            if (await TryReadAsync(open, stopping) is not { } read)
            {
                continue;
            }

            var readAt = time.GetUtcNow();
            statistics.BehindSince = BehindSince(read);
            var readAtMicroseconds = UnixTime.ToMicroseconds(readAt);
            foreach (var entries in read)
            {
                positions[entries.Shard] = entries.Entries[^1].Position;
                await LaneOf(entries.Shard).OfferAsync(_reading[entries.Shard], entries, readAtMicroseconds, stopping);
            }
        }
    }

    /// <summary>The shards to read: one that waits for facts with enough to do is left alone, so that the log keeps what it cannot take in yet.</summary>
    private Dictionary<int, LogPosition> Open(Dictionary<int, LogPosition> positions)
    {
        foreach (var (number, shard) in _reading)
        {
            if (shard.Waiting.IsFull)
            {
                return positions.Where(position => !_reading[position.Key].Waiting.IsFull).ToDictionary();
            }
        }

        return positions;
    }

    private DateTimeOffset? BehindSince(IReadOnlyList<ShardEntries> read)
    {
        var oldest = long.MaxValue;
        foreach (var entries in read)
        {
            oldest = Math.Min(oldest, entries.Entries[0].Position.Milliseconds);
        }

        foreach (var (_, shard) in _reading)
        {
            oldest = shard.Waiting.SinceMs is > 0 and var since ? Math.Min(oldest, since) : oldest;
        }

        return oldest == long.MaxValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(oldest);
    }

    /// <summary>Facts that a shard waits for are there.</summary>
    private ValueTask GoOnAsync(int number, CancellationToken cancel) => _reading.TryGetValue(number, out var shard)
        ? LaneOf(number).OfferAsync(shard, LaneOf(number).GoOnAsync, cancel)
        : ValueTask.CompletedTask;

    /// <summary>Begins to read shards that were taken over and ends reading those that are given up or lost.</summary>
    private async Task ChangeShardsAsync(Dictionary<int, LogPosition> positions, CancellationToken stopping)
    {
        while (ownership.TryTakeChange(out var change))
        {
            if (change.TakenOver is { } worker)
            {
                _reading[change.Shard] = new OwnedShard(worker, new SnapshotTaker(worker, options.Value.SnapshotEntries));
                positions[change.Shard] = worker.Position;
                await GoOnAsync(change.Shard, stopping);
            }
            else if (_reading.TryRemove(change.Shard, out var shard))
            {
                positions.Remove(change.Shard);
                await LaneOf(change.Shard).OfferAsync(shard, owned => GiveUpAsync(owned), stopping);
            }
        }
    }

    private async ValueTask GiveUpAsync(OwnedShard shard)
    {
        shard.Waiting.Clear();
        shard.Worker.LetGo();
        var mark = new ReleaseMark { Shard = shard.Worker.Shard, Epoch = shard.Worker.Epoch };
        await storeWriter.WriteAsync(mark, CancellationToken.None);
        ownership.GivenUp(shard.Worker, mark.Done);
    }

    private Lane LaneOf(int shard) => _lanes[shard % _lanes.Length];

    /// <summary>Null where Redis is gone for now.</summary>
    private async Task<IReadOnlyList<ShardEntries>?> TryReadAsync(Dictionary<int, LogPosition> positions, CancellationToken stopping)
    {
        try
        {
            var result = await reader.ReadAsync(positions, stopping);
            _readFault = null;
            return result;
        }
        catch (RedisException e)
        {
            // LOADING while the append-only file is read back, or a server out of memory: it passes or an operator sees it in health.
            _readFault = e.Message;
            await Task.Delay(RetryPause, time, stopping);
            return null;
        }
    }

    [LoggerMessage(2102, LogLevel.Critical, "This process was replaced by another and stops")]
    private partial void LogReplaced(ReplacedException exception);

    [LoggerMessage(2103, LogLevel.Information, "Stopped reading; everything decided is stored")]
    private partial void LogStopped();
}
