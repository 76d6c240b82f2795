using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>The entries of several segments in order, read part by part: what it holds in memory does not grow with what it merges. One thread.</summary>
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
    /// <returns>How many; fewer than there is room for only where none are left.</returns>
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

    /// <summary>One segment; a part is read when the part before is used up, so that no read of the store lasts.</summary>
    private sealed class Cursor : IDisposable
    {
        private readonly SqliteCommand _next;
        private byte[] _part = [];
        private int _read;

        public Cursor(SqliteConnection connection, IndexKind kind, long segment)
        {
            _next = connection.CreateCommand();
            _next.CommandText =
                "SELECT data, first_hash, part FROM index_parts WHERE kind = $kind AND segment = $segment AND (first_hash, part) > ($hash, $part) ORDER BY first_hash, part LIMIT 1";
            _next.Parameters.AddWithValue("$kind", (int)kind);
            _next.Parameters.AddWithValue("$segment", segment);
            _next.Parameters.AddWithValue("$hash", long.MinValue);
            _next.Parameters.AddWithValue("$part", -1L);
            ReadPart();
        }

        public bool IsAtEnd => _part.Length == 0;

        public ref readonly IndexEntry Current => ref MemoryMarshal.Cast<byte, IndexEntry>(_part)[_read];

        public void MoveNext()
        {
            if (++_read == MemoryMarshal.Cast<byte, IndexEntry>(_part).Length)
            {
                ReadPart();
            }
        }

        public void Dispose() => _next.Dispose();

        private void ReadPart()
        {
            using var reader = _next.ExecuteReader();
            (_part, _read) = ([], 0);
            if (reader.Read())
            {
                _part = reader.GetFieldValue<byte[]>(0);
                _next.Parameters["$hash"].Value = reader.GetInt64(1);
                _next.Parameters["$part"].Value = reader.GetInt64(2);
            }
        }
    }
}
