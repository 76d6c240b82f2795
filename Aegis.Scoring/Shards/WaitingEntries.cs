using Aegis.Streams.Entries;

namespace Aegis.Scoring.Shards;

/// <summary>The entries of a shard that were read while it waits for facts, in order. Only its lane's thread changes
/// it; any thread may read its state.</summary>
internal sealed class WaitingEntries
{
    private const int FullAt = 2;

    private readonly Queue<(ShardEntries Entries, long ReadAtMicroseconds)> _queue = new();
    private long _sinceMs;
    private volatile bool _isFull;

    /// <summary>True if no more should be read. Entries on their way to the lane still find room.</summary>
    public bool IsFull => _isFull;

    /// <summary>The stamp of the first entry, Unix milliseconds; 0 if none waits.</summary>
    public long SinceMs => Volatile.Read(ref _sinceMs);

    /// <summary>Adds a batch.</summary>
    public void Add(ShardEntries entries, long readAtMicroseconds)
    {
        _queue.Enqueue((entries, readAtMicroseconds));
        Note();
    }

    /// <summary>The first batch; false if there is none.</summary>
    public bool TryPeek(out ShardEntries entries, out long readAtMicroseconds)
    {
        var isThere = _queue.TryPeek(out var first);
        (entries, readAtMicroseconds) = first;
        return isThere;
    }

    /// <summary>Removes the first batch; whoever peeked at it releases it.</summary>
    public void Remove()
    {
        _queue.Dequeue();
        Note();
    }

    /// <summary>Releases everything.</summary>
    public void Clear()
    {
        while (_queue.TryDequeue(out var first))
        {
            first.Entries.Release();
        }

        Note();
    }

    private void Note()
    {
        _isFull = _queue.Count >= FullAt;
        Volatile.Write(ref _sinceMs, _queue.TryPeek(out var first) ? first.Entries.Entries[0].Position.Milliseconds : 0);
    }
}
