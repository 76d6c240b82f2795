using Aegis.Scoring.Consumption;

namespace Aegis.Scoring.Storage;

/// <summary>The decisions that this process committed last and that are in no index segment yet: looked through in memory instead of in the file. Any thread.</summary>
internal sealed class RecentDecisions
{
    /// <summary>The most that are remembered; 24 bytes each.</summary>
    private const int Most = 1 << 20;

    private readonly Lock _lock = new();
    private Entry[] _ring = new Entry[4_096];
    private int _first;
    private int _count;
    private long _newest;

    /// <summary>The newest decision that this process has committed; 0 before the first.</summary>
    public long Newest => Volatile.Read(ref _newest);

    /// <summary>Remembers a committed block.</summary>
    public void Add(DecisionBlock block)
    {
        lock (_lock)
        {
            for (var row = 0; row < block.Count; row++)
            {
                Add(new Entry(block.FirstSequence + row, unchecked((long)block.Rows[row].Key.Id), unchecked((long)block.Rows[row].CardHash)));
            }

            Volatile.Write(ref _newest, Math.Max(_newest, block.FirstSequence + block.Count - 1));
        }
    }

    /// <summary>Forgets what is in a segment by now.</summary>
    public void Forget(long lastSequence)
    {
        lock (_lock)
        {
            while (_count > 0 && At(0).Sequence <= lastSequence)
            {
                _first = (_first + 1) & (_ring.Length - 1);
                _count--;
            }
        }
    }

    /// <summary>Copies what follows on a sequence without a gap, as far as there is room.</summary>
    /// <returns>How many; 0 where the next is not remembered, as after a start or where another process wrote it.</returns>
    public int CopyAfter(long after, Span<IndexEntry> ids, Span<IndexEntry> cards)
    {
        lock (_lock)
        {
            var first = 0;
            while (first < _count && At(first).Sequence <= after)
            {
                first++;
            }

            var copied = 0;
            while (copied < ids.Length && first + copied < _count && At(first + copied).Sequence == after + 1 + copied)
            {
                ref readonly var entry = ref At(first + copied);
                ids[copied] = new IndexEntry(entry.IdHash, entry.Sequence);
                cards[copied++] = new IndexEntry(entry.CardHash, entry.Sequence);
            }

            return copied;
        }
    }

    /// <summary>The sequences of a hash among those after one and up to another; null where not all of these are remembered, as where another process has written.</summary>
    public List<long>? Find(IndexKind kind, long hash, long after, long newest)
    {
        lock (_lock)
        {
            var found = new List<long>();
            long seen = 0;
            for (var i = 0; i < _count; i++)
            {
                ref readonly var entry = ref At(i);
                if (entry.Sequence <= after || entry.Sequence > newest)
                {
                    continue;
                }

                seen++;
                if ((kind == IndexKind.Id ? entry.IdHash : entry.CardHash) == hash)
                {
                    found.Add(entry.Sequence);
                }
            }

            return seen == newest - after ? found : null;
        }
    }

    private void Add(Entry entry)
    {
        if (_count == _ring.Length)
        {
            Grow();
        }

        _ring[(_first + _count) & (_ring.Length - 1)] = entry;
        _count++;
    }

    private void Grow()
    {
        if (_ring.Length == Most)
        {
            _first = (_first + 1) & (Most - 1);
            _count--;
            return;
        }

        var larger = new Entry[_ring.Length * 2];
        for (var i = 0; i < _count; i++)
        {
            larger[i] = At(i);
        }

        (_ring, _first) = (larger, 0);
    }

    private ref Entry At(int index) => ref _ring[(_first + index) & (_ring.Length - 1)];

    private readonly record struct Entry(long Sequence, long IdHash, long CardHash);
}
