using System.Buffers;
using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Builds sorted segments of committed decisions and merges them. Each step holds the writer up for
/// milliseconds. One thread at a time.</summary>
/// <remarks>
/// A segment covers a run of sequences; its level tells how long the run is. Eight segments of a level become one of
/// the next (a log-structured merge). Segments of the last level are not merged. A process that dies in between leaves
/// parts without a segment; the next process drops them.
/// </remarks>
internal sealed class IndexBuilder(Store store, RecentDecisions recent)
{
    /// <summary>The least number of decisions put into a segment. Fewer are searched one by one quickly.</summary>
    public const int MinSegment = 2_048;

    /// <summary>The largest number of entries of a part.</summary>
    public const int PartLength = 2_048;

    private const int MaxSegment = 131_072;
    private const int MergeAt = 8;
    private const int LastLevel = 4;
    private const int PartsAtOnce = 32;
    private const int PartsDroppedAtOnce = 128;
    private const int EntriesAtOnce = PartsAtOnce * PartLength;

    private readonly IndexEntry[] _merged = new IndexEntry[EntriesAtOnce];

    /// <summary>Does one step of each task: takes in new decisions, merges a full level, and drops parts of segments
    /// that are gone. False if there was nothing to do.</summary>
    /// <exception cref="SqliteException">The store cannot be written now.</exception>
    public bool Step()
    {
        using var connection = store.Connect();
        // The last step put these into a segment. Readers have seen that segment by now.
        recent.Forget(DecisionIndex.LastSequence(connection));
        // Each task gets its step: under a steady load there is always something to append.
        return Append(connection) | Merge(connection) | DropGarbage(connection);
    }

    private bool Append(SqliteConnection connection)
    {
        var last = DecisionIndex.LastSequence(connection);
        var newest = connection.ExecuteScalar<long>("SELECT COALESCE(MAX(sequence), 0) FROM decisions");
        if (newest - last < MinSegment)
        {
            return false;
        }

        var most = (int)Math.Min(MaxSegment, newest - last);
        var ids = ArrayPool<IndexEntry>.Shared.Rent(most);
        var cards = ArrayPool<IndexEntry>.Shared.Rent(most);
        try
        {
            var count = recent.CopyAfter(last, ids.AsSpan(0, most), cards.AsSpan(0, most));
            if (count < MinSegment)
            {
                // After a start, or if other processes wrote rows in between.
                count = ReadRows(connection, last, ids.AsSpan(0, most), cards);
            }

            var end = cards[count - 1].Sequence;
            var segment = NewSegment();
            WriteSorted(connection, segment, IndexKind.Id, ids.AsSpan(0, count));
            WriteSorted(connection, segment, IndexKind.Card, cards.AsSpan(0, count));
            using var turn = store.Turn.EnterScope();
            using var transaction = connection.BeginTransaction(deferred: false);
            // Another process may have built the same segment meanwhile.
            if (DecisionIndex.LastSequence(connection) == last && IsWhole(connection, segment, count))
            {
                connection.Execute(
                    "INSERT INTO index_segments (segment, level, first_sequence, last_sequence) VALUES (@segment, @level, @first, @end)",
                    new { segment, level = (int)Math.Log(Math.Max(1, count / (double)MinSegment), MergeAt), first = last + 1, end },
                    transaction);
            }

            transaction.Commit();
            return true;
        }
        finally
        {
            ArrayPool<IndexEntry>.Shared.Return(ids);
            ArrayPool<IndexEntry>.Shared.Return(cards);
        }
    }

    /// <returns>The number of rows read.</returns>
    private static int ReadRows(SqliteConnection connection, long after, Span<IndexEntry> ids, Span<IndexEntry> cards)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT sequence, id_hash, card_hash FROM decisions WHERE sequence > $after ORDER BY sequence LIMIT $most";
        command.Parameters.AddWithValue("$after", after);
        command.Parameters.AddWithValue("$most", ids.Length);
        using var reader = command.ExecuteReader();
        var count = 0;
        for (; reader.Read(); count++)
        {
            var sequence = reader.GetInt64(0);
            ids[count] = new IndexEntry(reader.GetInt64(1), sequence);
            cards[count] = new IndexEntry(reader.GetInt64(2), sequence);
        }

        return count;
    }

    private bool Merge(SqliteConnection connection)
    {
        var level = connection.QueryFirstOrDefault<int?>(
            "SELECT level FROM index_segments WHERE level < @LastLevel GROUP BY level HAVING COUNT(*) >= @MergeAt ORDER BY level LIMIT 1",
            new { LastLevel, MergeAt });
        if (level is null)
        {
            return false;
        }

        var merged = connection.Query<(long Segment, long First, long Last)>(
            "SELECT segment, first_sequence, last_sequence FROM index_segments WHERE level = @level ORDER BY first_sequence LIMIT @MergeAt",
            new { level, MergeAt }).ToList();
        var segments = merged.Select(m => m.Segment).ToList();
        var segment = NewSegment();
        var entries = Merge(connection, segment, IndexKind.Id, segments);
        Merge(connection, segment, IndexKind.Card, segments);
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        if (IsWhole(connection, segment, entries)
            && connection.Execute("DELETE FROM index_segments WHERE segment IN @segments", new { segments }, transaction) == segments.Count)
        {
            connection.Execute(
                "INSERT INTO index_segments (segment, level, first_sequence, last_sequence) VALUES (@segment, @level, @first, @last)",
                new { segment, level = level + 1, first = merged[0].First, last = merged[^1].Last }, transaction);
            transaction.Commit();
        }

        return true;
    }

    /// <returns>The number of entries merged.</returns>
    private long Merge(SqliteConnection connection, long segment, IndexKind kind, List<long> segments)
    {
        using var merge = new SegmentMerge(connection, kind, segments);
        long merged = 0;
        while (merge.Read(_merged) is > 0 and var count)
        {
            Write(connection, segment, kind, _merged.AsSpan(0, count), merged / PartLength);
            merged += count;
        }

        return merged;
    }

    /// <summary>Drops the parts of segments that were merged or deleted, or that a dead process never finished. It
    /// drops all of them, because they would gather under load and take space from decisions.</summary>
    private bool DropGarbage(SqliteConnection connection)
    {
        var hasDropped = false;
        while (Garbage(connection) is { } garbage)
        {
            using var turn = store.Turn.EnterScope();
            connection.Execute(
                "DELETE FROM index_parts WHERE rowid IN (SELECT rowid FROM index_parts WHERE kind = @Kind AND segment = @Segment LIMIT @PartsDroppedAtOnce)",
                new { garbage.Kind, garbage.Segment, PartsDroppedAtOnce });
            hasDropped = true;
        }

        return hasDropped;
    }

    /// <summary>Parts of one kind that belong to no segment; null if there are none.</summary>
    private static (long Kind, long Segment)? Garbage(SqliteConnection connection) =>
        // The query jumps from segment to segment, however many parts they have. It takes no turn: mostly there is no
        // garbage, and writers need not wait for that answer.
        connection.QueryFirstOrDefault<(long Kind, long Segment)?>(
            """
            WITH RECURSIVE
                kinds (kind) AS (VALUES (0), (1)),
                stored (kind, segment) AS (
                    SELECT kind, (SELECT MIN(segment) FROM index_parts p WHERE p.kind = kinds.kind) FROM kinds
                    UNION ALL
                    SELECT kind, (SELECT MIN(segment) FROM index_parts p WHERE p.kind = stored.kind AND p.segment > stored.segment) FROM stored WHERE segment IS NOT NULL)
            SELECT kind, segment FROM stored WHERE segment IS NOT NULL AND segment NOT IN (SELECT segment FROM index_segments) LIMIT 1
            """);

    // Two processes may build at once, one of them after a pause. Their segments never share a number.
    private static long NewSegment() => BitConverter.ToInt64(Guid.NewGuid().ToByteArray()) & long.MaxValue;

    /// <summary>False if another process dropped some parts as garbage before the segment was announced.</summary>
    private static bool IsWhole(SqliteConnection connection, long segment, long entries) =>
        connection.ExecuteScalar<long>("SELECT COUNT(*) FROM index_parts WHERE segment = @segment", new { segment }) == 2 * (
            (entries + PartLength - 1) / PartLength);

    private void WriteSorted(SqliteConnection connection, long segment, IndexKind kind, Span<IndexEntry> entries)
    {
        entries.Sort();
        for (var first = 0; first < entries.Length; first += EntriesAtOnce)
        {
            Write(connection, segment, kind, entries[first..Math.Min(entries.Length, first + EntriesAtOnce)], first / PartLength);
        }
    }

    private void Write(SqliteConnection connection, long segment, IndexKind kind, Span<IndexEntry> entries, long firstPart)
    {
        using var insert = new Statement(
            connection, "INSERT INTO index_parts (kind, segment, first_hash, part, data) VALUES (?, ?, ?, ?, ?)");
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        for (var first = 0; first < entries.Length; first += PartLength)
        {
            var part = entries[first..Math.Min(entries.Length, first + PartLength)];
            insert.Bind((long)kind).Bind(segment).Bind(part[0].Hash).Bind(firstPart++).Bind(MemoryMarshal.AsBytes(part)).Execute();
        }

        transaction.Commit();
    }
}
