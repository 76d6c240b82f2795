using Aegis.Core.Features;
using Aegis.Streams.Entries;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>The newest payments whose last verdict, if any, is not fraud. Scores are compared with these.</summary>
internal sealed class ReferencePayments(Store store)
{
    /// <summary>The largest number of payments that a calibration reads.</summary>
    public const int MaxRemembered = 100_000;

    private const int RowsAtOnce = 5_000;

    /// <summary>Passes on the payments, oldest first.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The store cannot be read now.</exception>
    public void Read(TakePayment take)
    {
        using var connection = store.Connect();
        using var next = new Statement(
            connection,
            """
            SELECT d.sequence, d.scores, d.card_hash, d.transaction_body, (SELECT l.is_fraud FROM labels l WHERE l.id_hash = d.id_hash ORDER BY l.position_ms DESC, l.position_seq DESC LIMIT 1)
            FROM decisions d WHERE d.sequence > ? AND d.version_id IN (SELECT id FROM versions WHERE schema_hash = ?) ORDER BY d.sequence LIMIT ?
            """);
        var last = connection.QuerySingle<long>("SELECT COALESCE(MAX(sequence), 0) FROM decisions") - MaxRemembered;
        // In pieces, so that no single read of the store takes long.
        for (var rows = RowsAtOnce; rows == RowsAtOnce;)
        {
            rows = 0;
            for (next.Bind(last).Bind(FeatureSchema.Hash).Bind(RowsAtOnce); next.Next(); rows++)
            {
                last = next.Integer(0);
                if (next.Integer(4) == 0)
                {
                    take(StoredScores.FeaturesOf(next.Bytes(1)), (ulong)next.Integer(2), DayOf(new TransactionView(next.Bytes(3))));
                }
            }

            next.Reset();
        }
    }

    private static int DayOf(in TransactionView payment) =>
        DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(payment.EventTimeMs).UtcDateTime).DayNumber;
}

/// <summary>Takes a payment's feature vector, which is valid until the call returns, its card and its UTC calendar day.</summary>
internal delegate void TakePayment(ReadOnlySpan<float> features, ulong cardHash, int day);
