using System.Threading.Channels;
using Aegis.Core.Decisions;
using Aegis.Scoring.Storage;
using Aegis.Scoring.Telemetry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Consumption;

/// <summary>Commits batches, as many at once as have gathered; the queue before it is bounded, so a slow store slows reading.</summary>
internal sealed partial class StoreWriter(
    IOptions<ScoringOptions> options, LiveStatistics statistics, LiveFeedPublisher feed, TransactionTracer tracer, TimeProvider time, ILogger<StoreWriter> logger)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly Channel<CommitBatch> _queue = Channel.CreateBounded<CommitBatch>(new BoundedChannelOptions(256) { SingleReader = true });

    /// <summary>Why nothing can be stored at the moment; null where all is well.</summary>
    public string? Fault { get; private set; }

    /// <summary>Hands a batch over; waits while the queue is full.</summary>
    public ValueTask WriteAsync(CommitBatch batch, CancellationToken cancel) => _queue.Writer.WriteAsync(batch, cancel);

    /// <summary>No more batches will come.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Commits until the queue is completed and empty.</summary>
    /// <exception cref="FencedException">Another process took over.</exception>
    public async Task RunAsync(DecisionWriter writer, CancellationToken cancel)
    {
        var gathered = new List<CommitBatch>();
        while (await _queue.Reader.WaitToReadAsync(cancel))
        {
            gathered.Clear();
            var decisions = 0;
            while (decisions < options.Value.CommitBatch && _queue.Reader.TryRead(out var batch))
            {
                gathered.Add(batch);
                decisions += batch.Decisions.Count;
            }

            var started = time.GetUtcNow();
            await CommitAsync(writer, gathered, cancel);
            Publish(gathered, started, time.GetUtcNow());
        }
    }

    /// <summary>Tries until it is stored: a full disk or a locked file holds the line up, it loses nothing.</summary>
    private async Task CommitAsync(DecisionWriter writer, List<CommitBatch> batches, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                writer.Commit(batches);
                Fault = null;
                return;
            }
            catch (SqliteException e)
            {
                Fault = $"The store refuses to write: {e.Message}";
                LogStoreRefused(e, RetryPause.TotalSeconds);
                await Task.Delay(RetryPause, time, cancel);
            }
        }
    }

    private void Publish(List<CommitBatch> batches, DateTimeOffset commitStarted, DateTimeOffset committed)
    {
        foreach (var batch in batches)
        {
            statistics.Add(batch, committed);
            foreach (var decided in batch.Decisions)
            {
                tracer.Trace(decided, commitStarted, committed);
                feed.Offer(decided.Decision);
            }

            foreach (var letter in batch.DeadLetters)
            {
                LogDeadLetter(letter.Shard, letter.Position, letter.Item, letter.Reason);
            }
        }
    }

    [LoggerMessage(2001, LogLevel.Error, "The store refuses to write; trying again in {Seconds} s")]
    private partial void LogStoreRefused(SqliteException exception, double seconds);

    [LoggerMessage(2002, LogLevel.Warning, "Dead letter in shard {Shard} at {Position}, item {Item}: {Reason}")]
    private partial void LogDeadLetter(int shard, LogPosition position, int item, string reason);
}
