using Aegis.Core.Decisions;
using Aegis.Core.Numerics;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>Reads labels.</summary>
internal sealed class LabelStore(Store store)
{
    /// <summary>All verdicts on a transaction, oldest first; the last is in force.</summary>
    public IReadOnlyList<Verdict> Verdicts(string id)
    {
        using var connection = store.Connect();
        return [.. connection.Query<(bool IsFraud, long AtMs)>(
            "SELECT is_fraud, labelled_at_ms FROM labels WHERE id_hash = @hash AND id = @id ORDER BY position_ms, position_seq",
            new { hash = unchecked((long)StableHash.Hash64(id)), id })
                .Select(row => new Verdict(row.IsFraud, DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs)))];
    }

    /// <summary>The entries of a shard after a position that brought a new verdict, each with whether it was counted.</summary>
    public IReadOnlyDictionary<LogPosition, bool> After(int shard, LogPosition after)
    {
        using var connection = store.Connect();
        return connection.Query<(long Ms, long Seq, bool IsCounted)>(
            "SELECT position_ms, position_seq, is_counted FROM labels WHERE shard = @shard AND (position_ms, position_seq) > (@ms, @seq)",
            new { shard, ms = after.Milliseconds, seq = after.Sequence })
                .ToDictionary(row => new LogPosition(row.Ms, row.Seq), row => row.IsCounted);
    }
}
