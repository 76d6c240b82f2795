using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>The entries of several segments in order, read part by part. Its memory does not grow with the size of the
/// segments. One thread.</summary>
internal sealed class SegmentMerge : IDisposable
{
    private readonly Cursor[] _cursors;

    /// <summary>Begins before the first entry.</summary>
    public SegmentMerge(SqliteConnection connection, IndexKind kind, IReadOnlyList<long> segments)
    {
        _cursors = new Cursor[segments.Count];
        for (var i = 0; i < _cursors.Length; i++)
        {
            _cursors[i] = new Cursor(connection, kind, segments[i]);
        }
    }

    /// <summary>Takes the next entries.</summary>
    /// <returns>The number of entries; less than the room only if none are left.</returns>
    public int Read(Span<IndexEntry> entries)
    {
        for (var count = 0; count < entries.Length; count++)
        {
            if (Least() is not { } least)
            {
                return count;
            }

            entries[count] = least.Current;
            least.MoveNext();
        }

        return entries.Length;
    }

    public void Dispose()
    {
        foreach (var cursor in _cursors)
        {
            cursor.Dispose();
        }
    }

    private Cursor? Least()
    {
        Cursor? least = null;
        foreach (var cursor in _cursors)
        {
            if (!cursor.IsAtEnd && (least is null || cursor.Current.CompareTo(least.Current) < 0))
            {
                least = cursor;
            }
        }

        return least;
    }

    /// <summary>A position in one segment. It reads a part when the part before is used up, so no single read of the
    /// store takes long.</summary>
    private sealed class Cursor : IDisposable
    {
        private readonly Statement _next;
        private readonly IndexKind _kind;
        private readonly long _segment;
        private readonly IndexEntry[] _part = new IndexEntry[IndexBuilder.PartLength];
        private (long FirstHash, long Number) _read = (long.MinValue, -1);
        private int _length;
        private int _at;

        public Cursor(SqliteConnection connection, IndexKind kind, long segment)
        {
            (_kind, _segment) = (kind, segment);
            _next = new Statement(
                connection, "SELECT data, first_hash, part FROM index_parts WHERE kind = ? AND segment = ? AND (first_hash, part) > (?, ?) ORDER BY first_hash, part LIMIT 1");
            ReadPart();
        }

        public bool IsAtEnd => _at == _length;

        public ref readonly IndexEntry Current => ref _part[_at];

        public void MoveNext()
        {
            if (++_at == _length)
            {
                ReadPart();
            }
        }

        public void Dispose() => _next.Dispose();

        private void ReadPart()
        {
            (_at, _length) = (0, 0);
            if (_next.Bind((long)_kind).Bind(_segment).Bind(_read.FirstHash).Bind(_read.Number).Next())
            {
                var entries = MemoryMarshal.Cast<byte, IndexEntry>(_next.Bytes(0));
                entries.CopyTo(_part);
                (_length, _read) = (entries.Length, (_next.Integer(1), _next.Integer(2)));
            }

            _next.Reset();
        }
    }
}
