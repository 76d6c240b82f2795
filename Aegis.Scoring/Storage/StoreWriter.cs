using System.Threading.Channels;
using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Storage;

/// <summary>Commits work, as much at once as has gathered; the queue before it is bounded, so a slow store slows reading.</summary>
internal sealed partial class StoreWriter(
    Store store, IForeignCommits others, IEnumerable<ICommitObserver> observers, BlockPool blocks, IOptions<ScoringOptions> options,
    TimeProvider time, ILogger<StoreWriter> logger)
{
    // After a small commit the next one lets work gather: callers were answered already, they do not wait for it. Where barriers follow
    // closely, shards do.
    private const int SmallCommit = 200;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // What waits holds blocks and the replies they point into. So much covers some commits of full blocks; more would only be memory that
    // the worst stall leaves behind.
    private const int MaxWaiting = 32;
    private const int MaxGathered = 2 * MaxWaiting;

    private readonly Channel<StoreWork> _queue = Channel.CreateBounded<StoreWork>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly HashSet<(int Shard, long Epoch)> _lost = [];
    private readonly ICommitObserver[] _observers = [.. observers];

    /// <summary>Why nothing can be stored at the moment; null where all is well.</summary>
    public string? Fault { get; private set; }

    /// <summary>Hands work over; waits while the queue is full.</summary>
    public ValueTask WriteAsync(StoreWork work, CancellationToken cancel) => _queue.Writer.WriteAsync(work, cancel);

    /// <summary>No more will come.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Commits until the queue is completed and empty. Where it fails, whoever writes fails too.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            using var writer = new CommitWriter(store, others);
            await CommitAllAsync(writer, cancel);
        }
        catch (Exception e)
        {
            Fault = $"Storing has ended: {e.Message}";
            throw;
        }
        finally
        {
            _queue.Writer.TryComplete();
        }
    }

    private async Task CommitAllAsync(CommitWriter writer, CancellationToken cancel)
    {
        var gathered = new List<StoreWork>();
        while (await _queue.Reader.WaitToReadAsync(cancel))
        {
            gathered.Clear();
            var weight = 0;
            var isAwaited = false;
            for (; weight < options.Value.CommitBatch && gathered.Count < MaxGathered
                && _queue.Reader.TryRead(out var work); weight += work.Weight)
            {
                gathered.Add(work);
                isAwaited |= work is DecisionBlock { Published: not null };
            }

            var started = time.GetUtcNow();
            await CommitAsync(writer, gathered, cancel);
            Finish(gathered, started, time.GetUtcNow());
            if (weight < SmallCommit && !isAwaited)
            {
                await Task.Delay(Gathering, time, cancel);
            }
        }
    }

    /// <summary>Tries until it is stored: a full disk or a locked file holds the line up, it loses nothing. Work for shards that were lost
    /// is dropped: their new owners do it.</summary>
    private async Task CommitAsync(CommitWriter writer, List<StoreWork> work, CancellationToken cancel)
    {
        while (true)
        {
            DropLost(work);
            try
            {
                writer.Commit(work);
                Fault = null;
                return;
            }
            catch (FencedException e)
            {
                var lost = work.First(item => item.Shard == e.Shard);
                _lost.Add((lost.Shard, lost.Epoch));
                LogFenced(e.Message, lost.Epoch);
                foreach (var observer in _observers)
                {
                    observer.Refused(e.Shard, lost.Epoch);
                }
            }
            catch (SqliteException e)
            {
                Fault = $"The store refuses to write: {e.Message}";
                LogStoreRefused(e, RetryPause.TotalSeconds);
                await Task.Delay(RetryPause, time, cancel);
            }
        }
    }

    private void DropLost(List<StoreWork> work)
    {
        if (_lost.Count == 0)
        {
            return;
        }

        // One look at each: once it is freed, a block may be somebody else's.
        work.RemoveAll(item =>
        {
            var isLost = _lost.Contains((item.Shard, item.Epoch));
            if (isLost)
            {
                Free(item);
            }

            return isLost;
        });
    }

    private void Finish(List<StoreWork> work, DateTimeOffset commitStarted, DateTimeOffset committed)
    {
        foreach (var item in work)
        {
            if (item is DecisionBlock block)
            {
                Tell(block, commitStarted, committed);
            }

            Free(item);
        }
    }

    private void Free(StoreWork work)
    {
        switch (work)
        {
            case DecisionBlock block:
                blocks.Return(block);
                break;
            case SnapshotPart part:
                part.Return?.Invoke();
                break;
            case ReleaseMark mark:
                mark.Complete();
                break;
        }
    }

    private void Tell(DecisionBlock block, DateTimeOffset commitStarted, DateTimeOffset committed)
    {
        block.LabelsCommitted?.Add(block.Labels.Count);
        foreach (var observer in _observers)
        {
            observer.Committed(block, commitStarted, committed);
        }

        foreach (var letter in block.DeadLetters)
        {
            LogDeadLetter(letter.Shard, letter.Position, letter.Item, letter.Reason);
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "The store refuses to write; trying again in {Seconds} s")]
    private partial void LogStoreRefused(SqliteException exception, double seconds);

    [LoggerMessage(2002, LogLevel.Warning, "Dead letter in shard {Shard} at {Position}, item {Item}: {Reason}")]
    private partial void LogDeadLetter(int shard, LogPosition position, int item, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "{Reason} What was decided here under epoch {Epoch} and not committed is dropped")]
    private partial void LogFenced(string reason, long epoch);
}
