using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Builds sorted segments of what was committed and merges them, in steps that hold the writer up for milliseconds.</summary>
/// <remarks>
/// A segment covers a run of sequences; its level says how many. Eight of a level become one of the next (a log-structured merge), up to a
/// level whose segments are not merged any further. A process that dies in between leaves parts without a segment, which the next one drops.
/// </remarks>
internal sealed class IndexBuilder(Store store)
{
    /// <summary>Decisions that wait to be put into a segment, at least: looking through fewer is quick.</summary>
    public const int SmallestSegment = 2_048;

    private const int LargestSegment = 131_072;
    private const int PartLength = 2_048;
    private const int MergeAt = 8;
    private const int LastLevel = 4;
    private const int PartsAtOnce = 32;

    /// <summary>Does the most urgent step; false where there is nothing to do.</summary>
    /// <exception cref="SqliteException">The store cannot be written now.</exception>
    public bool Step()
    {
        using var connection = store.Connect();
        return Append(connection) || Merge(connection) || DropGarbage(connection);
    }

    private bool Append(SqliteConnection connection)
    {
        var last = DecisionIndex.LastSequence(connection);
        var newest = connection.ExecuteScalar<long>("SELECT COALESCE(MAX(sequence), 0) FROM decisions");
        if (newest - last < SmallestSegment)
        {
            return false;
        }

        var rows = connection.Query<(long Sequence, long Id, long Card)>(
            "SELECT sequence, id_hash, card_hash FROM decisions WHERE sequence > @last AND sequence <= @end", new { last, end = Math.Min(newest, last + LargestSegment) }).ToList();
        var segment = NewSegment(connection);
        Write(connection, segment, IndexKind.Id, [.. rows.Select(row => new IndexEntry(row.Id, row.Sequence))]);
        Write(connection, segment, IndexKind.Card, [.. rows.Select(row => new IndexEntry(row.Card, row.Sequence))]);
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        // Another process may have built the same meanwhile.
        if (DecisionIndex.LastSequence(connection) == last)
        {
            connection.Execute(
                "INSERT INTO index_segments (segment, level, first_sequence, last_sequence) VALUES (@segment, @level, @first, @end)",
                new { segment, level = (int)Math.Log(rows.Count / (double)SmallestSegment, MergeAt), first = last + 1, end = rows[^1].Sequence }, transaction);
        }

        transaction.Commit();
        return true;
    }

    private bool Merge(SqliteConnection connection)
    {
        var level = connection.QueryFirstOrDefault<int?>(
            "SELECT level FROM index_segments WHERE level < @LastLevel GROUP BY level HAVING COUNT(*) >= @MergeAt ORDER BY level LIMIT 1", new { LastLevel, MergeAt });
        if (level is null)
        {
            return false;
        }

        var merged = connection.Query<(long Segment, long First, long Last)>(
            "SELECT segment, first_sequence, last_sequence FROM index_segments WHERE level = @level ORDER BY first_sequence LIMIT @MergeAt", new { level, MergeAt }).ToList();
        var segments = merged.Select(m => m.Segment).ToList();
        var segment = NewSegment(connection);
        Write(connection, segment, IndexKind.Id, Read(connection, IndexKind.Id, segments));
        Write(connection, segment, IndexKind.Card, Read(connection, IndexKind.Card, segments));
        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        if (connection.Execute("DELETE FROM index_segments WHERE segment IN @segments", new { segments }, transaction) == segments.Count)
        {
            connection.Execute(
                "INSERT INTO index_segments (segment, level, first_sequence, last_sequence) VALUES (@segment, @level, @first, @last)",
                new { segment, level = level + 1, first = merged[0].First, last = merged[^1].Last }, transaction);
            transaction.Commit();
        }

        return true;
    }

    /// <summary>Drops parts of segments that were merged, or never finished by a process that is gone.</summary>
    private bool DropGarbage(SqliteConnection connection)
    {
        lock (store.Turn)
        {
            return connection.Execute(
                """
                DELETE FROM index_parts WHERE rowid IN (
                    SELECT p.rowid FROM index_parts p WHERE NOT EXISTS (SELECT 1 FROM index_segments s WHERE s.segment = p.segment) LIMIT @PartsAtOnce)
                """,
                new { PartsAtOnce }) > 0;
        }
    }

    private static long NewSegment(SqliteConnection connection) => connection.ExecuteScalar<long>(
        "SELECT 1 + MAX(COALESCE((SELECT MAX(segment) FROM index_segments), 0), COALESCE((SELECT MAX(segment) FROM index_parts), 0))");

    private static IndexEntry[] Read(SqliteConnection connection, IndexKind kind, List<long> segments)
    {
        var entries = new List<IndexEntry>();
        foreach (var part in connection.Query<byte[]>("SELECT data FROM index_parts WHERE kind = @kind AND segment IN @segments", new { kind = (int)kind, segments }, buffered: false))
        {
            entries.AddRange(MemoryMarshal.Cast<byte, IndexEntry>(part));
        }

        return [.. entries];
    }

    private void Write(SqliteConnection connection, long segment, IndexKind kind, IndexEntry[] entries)
    {
        Array.Sort(entries);
        foreach (var group in entries.Chunk(PartLength).Select((part, number) => (part, number)).Chunk(PartsAtOnce))
        {
            using var turn = store.Turn.EnterScope();
            using var transaction = connection.BeginTransaction(deferred: false);
            foreach (var (part, number) in group)
            {
                connection.Execute(
                    "INSERT INTO index_parts (kind, segment, first_hash, part, data) VALUES (@kind, @segment, @first, @number, @data)",
                    new { kind = (int)kind, segment, first = part[0].Hash, number, data = MemoryMarshal.AsBytes(part.AsSpan()).ToArray() }, transaction);
            }

            transaction.Commit();
        }
    }
}
