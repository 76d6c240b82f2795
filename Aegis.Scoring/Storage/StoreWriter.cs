using System.Threading.Channels;
using Aegis.Core.Decisions;
using Aegis.Scoring.Commits;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Storage;

/// <summary>Commits all work that has gathered, up to a limit. Its queue is bounded, so a slow store slows the reading
/// of the log.</summary>
internal sealed partial class StoreWriter(
    Store store, IForeignCommits others, IEnumerable<ICommitObserver> observers, BlockPool blocks, IOptions<ScoringOptions> options,
    TimeProvider time, ILogger<StoreWriter> logger)
{
    // After a small commit, work gathers before the next one. Callers have their answers already and do not wait for
    // it. Shards do, if barriers follow each other closely.
    private const int SmallCommit = 200;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // Waiting work holds blocks and the replies that they point into. This limit covers a few commits of full blocks. A
    // higher one would only add memory that the worst stall leaves behind.
    private const int MaxWaiting = 32;
    private const int MaxGathered = 2 * MaxWaiting;

    private readonly Channel<StoreWork> _queue = Channel.CreateBounded<StoreWork>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly HashSet<(int Shard, long Epoch)> _lost = [];
    private readonly ICommitObserver[] _observers = [.. observers];

    /// <summary>The reason why nothing can be stored at the moment; null if all is well.</summary>
    public string? Fault { get; private set; }

    /// <summary>Hands work over. Waits while the queue is full.</summary>
    public ValueTask WriteAsync(StoreWork work, CancellationToken cancel) => _queue.Writer.WriteAsync(work, cancel);

    /// <summary>Announces that no more work will come.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Commits until the queue is completed and empty. If it fails, writes to the queue fail too.</summary>
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

    /// <summary>Tries until the work is stored: a full disk or a locked file delays the work but loses none. Work for
    /// lost shards is dropped, because their new owners do it.</summary>
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

        // Each item is looked at once: after it is freed, a block may belong to somebody else.
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
