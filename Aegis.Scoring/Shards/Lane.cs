using System.Threading.Channels;
using Aegis.Scoring.Storage;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>A thread with a fixed set of shards. It decides their entries in order and hands the blocks to the store writer.</summary>
internal sealed class Lane
{
    /// <summary>The number of snapshot pieces taken between two batches while more batches wait.</summary>
    private const int PiecesBetween = 4;

    // With two lanes and 16 shards, the queues hold two replies' worth. Each waiting batch holds its reply's memory.
    private const int MaxWaiting = 16;

    private readonly Channel<Job> _queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly StoreWriter _storeWriter;
    private readonly ReplyPublisher _replies;
    private readonly Task _running;

    public Lane(StoreWriter storeWriter, ReplyPublisher replies)
    {
        (_storeWriter, _replies) = (storeWriter, replies);
        _running = Task.Run(RunAsync);
    }

    /// <summary>True if the lane has failed: it ends by itself only after it was told to finish.</summary>
    public bool IsEnded => _running.IsCompleted;

    /// <summary>Queues entries. Waits while the queue is full; fails if the lane has failed.</summary>
    public ValueTask OfferAsync(OwnedShard shard, ShardEntries entries, long readAtMicroseconds, CancellationToken cancel) =>
        OfferAsync(new Job(shard, entries, readAtMicroseconds, null), cancel);

    /// <summary>Queues an action for the lane's thread, after everything offered before.</summary>
    public ValueTask OfferAsync(OwnedShard shard, Func<OwnedShard, ValueTask> action, CancellationToken cancel) =>
        OfferAsync(new Job(shard, null, 0, action), cancel);

    /// <summary>Ends when everything offered is done.</summary>
    public Task FinishAsync()
    {
        _queue.Writer.TryComplete();
        return _running;
    }

    private async ValueTask OfferAsync(Job job, CancellationToken cancel)
    {
        if (_queue.Writer.TryWrite(job))
        {
            return;
        }

        var offered = _queue.Writer.WriteAsync(job, cancel).AsTask();
        await await Task.WhenAny(offered, _running);
    }

    private async Task RunAsync()
    {
        await foreach (var job in _queue.Reader.ReadAllAsync())
        {
            if (job.Action is { } action)
            {
                await action(job.Shard);
            }
            else
            {
                job.Shard.Waiting.Add(job.Entries!, job.ReadAtMicroseconds);
                await GoOnAsync(job.Shard);
            }
        }
    }

    /// <summary>Decides a shard's waiting entries, as far as its facts are there. Runs on the lane's thread.</summary>
    public async ValueTask GoOnAsync(OwnedShard shard)
    {
        while (shard.Worker.State.HasFacts() && shard.Waiting.TryPeek(out var entries, out var readAtMicroseconds))
        {
            await DecideAsync(shard, entries, readAtMicroseconds);
            if (shard.Worker.State.Position < entries.Entries[^1].Position)
            {
                return;
            }

            shard.Waiting.Remove();
            await SnapshotAsync(shard, entries);
        }
    }

    private async Task DecideAsync(OwnedShard shard, ShardEntries entries, long readAtMicroseconds)
    {
        foreach (var block in shard.Worker.Process(entries, readAtMicroseconds))
        {
            _replies.Send(block.Replies);
            await _storeWriter.WriteAsync(block, CancellationToken.None);
        }
    }

    private async Task SnapshotAsync(OwnedShard shard, ShardEntries entries)
    {
        var last = entries.Entries[^1];
        shard.Snapshots.Count(entries.Entries.Length, last.Offset + last.Length - entries.Entries[0].Offset);
        entries.Release();
        for (var pieces = 0; (pieces < PiecesBetween || _queue.Reader.Count == 0) && shard.Snapshots.TryNext(out var part); pieces++)
        {
            await _storeWriter.WriteAsync(part, CancellationToken.None);
        }
    }

    private readonly record struct Job(
        OwnedShard Shard, ShardEntries? Entries, long ReadAtMicroseconds, Func<OwnedShard, ValueTask>? Action);
}
