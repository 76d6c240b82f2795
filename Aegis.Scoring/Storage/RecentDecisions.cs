using Aegis.Scoring.Commits;

namespace Aegis.Scoring.Storage;

/// <summary>The latest decisions of this process that no index segment holds yet. They are searched in memory instead
/// of in the file. Any thread.</summary>
internal sealed class RecentDecisions : ICommitObserver
{
    /// <summary>The largest number remembered; 24 bytes each.</summary>
    private const int MaxRemembered = 1 << 20;

    private readonly Lock _lock = new();

    // A ring in columns, so that a search compares eight hashes at a time. Sequences rise.
    private long[] _sequences = new long[4_096];
    private long[] _ids = new long[4_096];
    private long[] _cards = new long[4_096];
    private int _first;
    private int _count;
    private long _newest;

    /// <summary>The newest decision that this process has committed; 0 before the first.</summary>
    public long Newest => Volatile.Read(ref _newest);

    private int Mask => _sequences.Length - 1;

    /// <summary>Remembers a committed block.</summary>
    public void Add(DecisionBlock block)
    {
        lock (_lock)
        {
            for (var row = 0; row < block.Count; row++)
            {
                Add(block.FirstSequence + row, unchecked((long)block.Rows[row].Key.Id), unchecked((long)block.Rows[row].CardHash));
            }

            Volatile.Write(ref _newest, Math.Max(_newest, block.FirstSequence + block.Count - 1));
        }
    }

    /// <inheritdoc/>
    public void Committed(DecisionBlock block, DateTimeOffset started, DateTimeOffset ended) => Add(block);

    /// <summary>Forgets the decisions that a segment holds by now.</summary>
    public void Forget(long lastSequence)
    {
        lock (_lock)
        {
            var gone = CountUpTo(lastSequence);
            _first = (_first + gone) & Mask;
            _count -= gone;
        }
    }

    /// <summary>Copies the decisions that follow a sequence without a gap, as far as there is room.</summary>
    /// <returns>The number copied; 0 if the next decision is not remembered, as after a start or if another process wrote it.</returns>
    public int CopyAfter(long after, Span<IndexEntry> ids, Span<IndexEntry> cards)
    {
        lock (_lock)
        {
            var first = CountUpTo(after);
            var copied = 0;
            for (; copied < ids.Length && first + copied < _count; copied++)
            {
                var at = (_first + first + copied) & Mask;
                if (_sequences[at] != after + 1 + copied)
                {
                    break;
                }

                ids[copied] = new IndexEntry(_ids[at], _sequences[at]);
                cards[copied] = new IndexEntry(_cards[at], _sequences[at]);
            }

            return copied;
        }
    }

    /// <summary>The sequences with a hash, among those after one sequence and up to another. Null if not all of these
    /// are remembered, for example because another process wrote some.</summary>
    public List<long>? Find(IndexKind kind, long hash, long after, long newest)
    {
        lock (_lock)
        {
            var (from, to) = (CountUpTo(after), CountUpTo(newest));
            if (to - from != newest - after)
            {
                return null;
            }

            var found = new List<long>();
            var hashes = kind == IndexKind.Id ? _ids : _cards;
            while (from < to)
            {
                // In one piece; or in two, if the ring's end lies in between.
                var start = (_first + from) & Mask;
                var length = Math.Min(to - from, hashes.Length - start);
                for (var piece = hashes.AsSpan(start, length); piece.IndexOf(hash) is >= 0 and var at; piece = piece[(at + 1)..])
                {
                    found.Add(_sequences[start + length - piece.Length + at]);
                }

                from += length;
            }

            return found;
        }
    }

    private void Add(long sequence, long idHash, long cardHash)
    {
        if (_count == _sequences.Length)
        {
            MakeRoom();
        }

        var at = (_first + _count++) & Mask;
        (_sequences[at], _ids[at], _cards[at]) = (sequence, idHash, cardHash);
    }

    private void MakeRoom()
    {
        if (_sequences.Length == MaxRemembered)
        {
            _first = (_first + 1) & Mask;
            _count--;
            return;
        }

        (_sequences, _ids, _cards, _first) = (Larger(_sequences), Larger(_ids), Larger(_cards), 0);
    }

    /// <summary>A column of twice the length, oldest entry first.</summary>
    private long[] Larger(long[] column)
    {
        var larger = new long[2 * column.Length];
        column.AsSpan(_first).CopyTo(larger);
        column.AsSpan(0, _first).CopyTo(larger.AsSpan(column.Length - _first));
        return larger;
    }

    /// <summary>The number of remembered decisions up to a sequence.</summary>
    private int CountUpTo(long sequence)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _sequences[(_first + middle) & Mask] <= sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
