using Aegis.Core.Transactions;
using Aegis.Streams.Entries;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>A flagged decision.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Transaction">The transaction.</param>
/// <param name="Outcome">1 review, 2 decline.</param>
/// <param name="Risk">The risk.</param>
/// <param name="Rates">The version of the exchange rates.</param>
internal sealed record FlaggedDecision(long Sequence, Transaction Transaction, int Outcome, double Risk, string Rates);

/// <summary>Reads flagged decisions in the order of their commits.</summary>
internal sealed class AlertReader(Store store)
{
    /// <summary>The next after a decision.</summary>
    public IReadOnlyList<FlaggedDecision> After(long sequence, int limit)
    {
        using var connection = store.Connect();
        return [.. connection.Query<(long Sequence, byte[] Body, long Outcome, double Risk, string Rates)>(
            """
            SELECT a.sequence, d.transaction_body, a.outcome, d.risk, v.rates FROM alerts a
            JOIN decisions d ON d.sequence = a.sequence JOIN versions v ON v.id = d.version_id
            WHERE a.sequence > @sequence ORDER BY a.sequence LIMIT @limit
            """,
            new { sequence, limit }).Select(row => new FlaggedDecision(
                row.Sequence, MessageCodec.DecodeTransaction(row.Body), (int)row.Outcome, row.Risk, row.Rates))];
    }
}
