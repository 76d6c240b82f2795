using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Aegis.Scoring.Storage;

/// <summary>Deletes the oldest decisions and dead letters beyond the limits of age and size. A step holds the writer up
/// for about ten milliseconds. Totals stay.</summary>
/// <remarks>
/// The writer and retention take turns. A step takes more rows than a commit of the default size brings, so retention
/// keeps pace with any rate. To delete a run of the key costs about a microsecond a row; the cost is in the turn.
/// </remarks>
internal sealed class Retention(Store store, IOptions<ScoringOptions> options, TimeProvider time)
{
    /// <summary>The largest number of rows of a step.</summary>
    public const int RowsAtOnce = 10_000;

    private const double BytesPerGiB = 1 << 30;

    /// <summary>Does one step; false if nothing is beyond a limit.</summary>
    /// <exception cref="SqliteException">The store cannot be written now.</exception>
    public bool Step()
    {
        var (days, gibibytes) = (options.Value.StoreRetentionDays, options.Value.StoreMaxGiB);
        if (days == 0 && gibibytes == 0)
        {
            return false;
        }

        using var connection = store.Connect();
        var keepFrom = days == 0 ? DateTimeOffset.UnixEpoch : time.GetUtcNow().AddDays(-days);
        var isTooLarge = gibibytes > 0 && UsedBytes(connection) > gibibytes * BytesPerGiB;
        var hasDeleted = DeleteDecisions(connection, keepFrom, isTooLarge);
        hasDeleted |= days > 0 && DeleteDeadLetters(connection, "d.position_ms < @keepFromMs", keepFrom);
        // An open letter is kept, however large it is.
        hasDeleted |= isTooLarge && DeleteDeadLetters(connection, "d.driven_again_ms IS NOT NULL", keepFrom);
        return hasDeleted;
    }

    /// <summary>The bytes of the file in use, without freed pages.</summary>
    private static long UsedBytes(SqliteConnection connection) => connection.QuerySingle<long>(
        "SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count() p, pragma_freelist_count() f, pragma_page_size() s");

    private bool DeleteDecisions(SqliteConnection connection, DateTimeOffset keepFrom, bool isTooLarge)
    {
        var keepFromUs = keepFrom.ToUnixTimeMilliseconds() * 1_000;
        // The newest stays, because the next sequence follows from it.
        var (first, newest) = connection.QuerySingle<(long?, long?)>(
            "SELECT (SELECT MIN(sequence) FROM decisions), (SELECT MAX(sequence) FROM decisions)");
        if (first is null || first == newest)
        {
            return false;
        }

        var last = Math.Min(first.Value + RowsAtOnce, newest!.Value) - 1;
        if (!isTooLarge)
        {
            // The first decision that is young enough ends the run.
            last = connection.ExecuteScalar<long?>(
                "SELECT MIN(sequence) FROM decisions WHERE sequence <= @last AND decided_at_us >= @keepFromUs",
                new { last, keepFromUs }) - 1 ?? last;
        }

        if (last < first)
        {
            return false;
        }

        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        connection.Execute(
            "DELETE FROM alerts WHERE sequence <= @last; DELETE FROM external_scores WHERE sequence <= @last; DELETE FROM rule_matches WHERE sequence <= @last; DELETE FROM list_matches WHERE sequence <= @last", new { last }, transaction);
        if (connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM labels)", transaction: transaction))
        {
            // Recovery asks which labels after a snapshot were taken in, so those stay.
            connection.Execute(
                """
                DELETE FROM labels WHERE id_hash IN (SELECT id_hash FROM decisions WHERE sequence <= @last)
                    AND (position_ms, position_seq) <= (SELECT snapshot_ms, snapshot_seq FROM shards WHERE shards.shard = labels.shard)
                """,
                new { last }, transaction);
        }

        connection.Execute("DELETE FROM decisions WHERE sequence <= @last", new { last }, transaction);
        // The index builder drops the segments' parts.
        connection.Execute("DELETE FROM index_segments WHERE last_sequence <= @last", new { last }, transaction);
        transaction.Commit();
        return true;
    }

    /// <remarks>Recovery asks which entries after a snapshot were dead letters, so those stay.</remarks>
    private bool DeleteDeadLetters(SqliteConnection connection, string condition, DateTimeOffset keepFrom)
    {
        var keys = connection.Query<(long Shard, long Ms, long Seq, long Item)>(
            $"""
            SELECT d.shard, d.position_ms, d.position_seq, d.item FROM dead_letters d JOIN shards s ON s.shard = d.shard
            WHERE {condition} AND (d.position_ms, d.position_seq) <= (s.snapshot_ms, s.snapshot_seq)
            LIMIT @RowsAtOnce
            """,
            new { keepFromMs = keepFrom.ToUnixTimeMilliseconds(), RowsAtOnce }).AsList();
        if (keys.Count == 0)
        {
            return false;
        }

        using var turn = store.Turn.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        using var delete = new Statement(
            connection, "DELETE FROM dead_letters WHERE shard = ? AND position_ms = ? AND position_seq = ? AND item = ?");
        foreach (var (shard, ms, seq, item) in keys)
        {
            delete.Bind(shard).Bind(ms).Bind(seq).Bind(item).Execute();
        }

        transaction.Commit();
        return true;
    }
}
