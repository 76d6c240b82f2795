using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Finds decisions by the hash of their id or card: in sorted segments, and among the decisions too new for a segment.</summary>
internal sealed class DecisionIndex(RecentDecisions recent)
{
    /// <summary>The last decision that is in a segment. Later decisions are searched one by one.</summary>
    public static long LastSequence(SqliteConnection connection) =>
        connection.ExecuteScalar<long>("SELECT COALESCE(MAX(last_sequence), 0) FROM index_segments");

    /// <summary>The sequences that have a hash, newest first. Some of their decisions may be deleted.</summary>
    public IReadOnlyList<long> Find(SqliteConnection connection, IndexKind kind, long hash)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var last = LastSequence(connection);
        var newest = connection.ExecuteScalar<long>("SELECT COALESCE(MAX(sequence), 0) FROM decisions", transaction: snapshot);
        var found = recent.Find(kind, hash, last, Math.Max(last, newest)) ?? LookThrough(connection, snapshot, kind, hash, last);
        // From each segment: the part that may hold the hash's first entry, and every part that begins with the hash.
        // Read in SQLite's memory: a copy would take a megabyte a look-up.
        using var parts = new Statement(
            connection,
            """
            SELECT p.data FROM index_segments s JOIN index_parts p ON p.kind = ?1 AND p.segment = s.segment AND p.first_hash <= ?2
                AND p.first_hash >= COALESCE((SELECT MAX(first_hash) FROM index_parts WHERE kind = ?1 AND segment = s.segment AND first_hash < ?2), ?2)
            """);
        for (parts.Bind((long)kind).Bind(hash); parts.Next();)
        {
            var entries = MemoryMarshal.Cast<byte, IndexEntry>(parts.Bytes(0));
            var from = entries.BinarySearch(new IndexEntry(hash, long.MinValue));
            for (var i = from < 0 ? ~from : from; i < entries.Length && entries[i].Hash == hash; i++)
            {
                found.Add(entries[i].Sequence);
            }
        }

        parts.Reset();
        found.Sort((a, b) => b.CompareTo(a));
        return found;
    }

    private static List<long> LookThrough(SqliteConnection connection, SqliteTransaction snapshot, IndexKind kind, long hash, long last) =>
        connection.Query<long>(
        $"SELECT sequence FROM decisions WHERE sequence > @last AND {(kind == IndexKind.Id ? "id_hash" : "card_hash")} = @hash",
        new { last, hash }, snapshot).AsList();
}
