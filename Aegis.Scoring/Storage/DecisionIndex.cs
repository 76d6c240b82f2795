using System.Runtime.InteropServices;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Aegis.Scoring.Storage;

/// <summary>Finds decisions by the hash of their id or card: in sorted segments, and by looking through what is too new to be in one.</summary>
internal static class DecisionIndex
{
    /// <summary>The last decision that is in a segment; what follows has to be looked through.</summary>
    public static long LastSequence(SqliteConnection connection) => connection.ExecuteScalar<long>("SELECT COALESCE(MAX(last_sequence), 0) FROM index_segments");

    /// <summary>The sequences that have a hash, newest first; some may not exist any more.</summary>
    public static IReadOnlyList<long> Find(SqliteConnection connection, IndexKind kind, long hash)
    {
        using var snapshot = connection.BeginTransaction(deferred: true);
        var column = kind == IndexKind.Id ? "id_hash" : "card_hash";
        var found = connection.Query<long>(
            $"SELECT sequence FROM decisions WHERE sequence > @last AND {column} = @hash", new { last = LastSequence(connection), hash }, snapshot).ToList();
        foreach (var segment in connection.Query<long>("SELECT segment FROM index_segments", transaction: snapshot))
        {
            FindIn(connection, snapshot, kind, segment, hash, found);
        }

        found.Sort((a, b) => b.CompareTo(a));
        return found;
    }

    private static void FindIn(SqliteConnection connection, SqliteTransaction snapshot, IndexKind kind, long segment, long hash, List<long> found)
    {
        // The part that may hold the first of the hash's entries, then as many as begin with it.
        var parts = connection.Query<byte[]>(
            """
            SELECT data FROM index_parts WHERE kind = @kind AND segment = @segment AND first_hash <= @hash
                AND first_hash >= COALESCE((SELECT MAX(first_hash) FROM index_parts WHERE kind = @kind AND segment = @segment AND first_hash < @hash), @hash)
            """,
            new { kind = (int)kind, segment, hash }, snapshot);
        foreach (var part in parts)
        {
            var entries = MemoryMarshal.Cast<byte, IndexEntry>(part);
            var from = entries.BinarySearch(new IndexEntry(hash, long.MinValue));
            for (var i = from < 0 ? ~from : from; i < entries.Length && entries[i].Hash == hash; i++)
            {
                found.Add(entries[i].Sequence);
            }
        }
    }
}
