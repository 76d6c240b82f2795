using System.Text;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Storage;

/// <summary>A stored payment, and what became known of it. Valid until the next one is read.</summary>
/// <param name="shard">The shard that decided it.</param>
/// <param name="model">The version of the bundle that decided it.</param>
/// <param name="rates">The version of the rate table that its amount was compared by.</param>
/// <param name="body">The transaction.</param>
/// <param name="fraudAtMs">When it last proved fraudulent, Unix milliseconds; 0 if it did not.</param>
/// <param name="genuineAtMs">When it last proved genuine, Unix milliseconds; 0 if it did not.</param>
internal readonly ref struct StoredPayment(
    int shard, string model, string rates, ReadOnlySpan<byte> body, long fraudAtMs, long genuineAtMs)
{
    /// <summary>The shard that decided it.</summary>
    public int Shard { get; } = shard;

    /// <summary>The version of the bundle that decided it.</summary>
    public string Model { get; } = model;

    /// <summary>The version of the rate table that its amount was compared by.</summary>
    public string Rates { get; } = rates;

    /// <summary>The transaction.</summary>
    public TransactionView Transaction { get; } = new(body);

    /// <summary>When it last proved fraudulent, Unix milliseconds; 0 if it did not.</summary>
    public long FraudAtMs { get; } = fraudAtMs;

    /// <summary>When it last proved genuine, Unix milliseconds; 0 if it did not.</summary>
    public long GenuineAtMs { get; } = genuineAtMs;
}

/// <summary>Takes a stored payment.</summary>
internal delegate void TakeStored(in StoredPayment payment);

/// <summary>Reads what was decided, in the order of decision.</summary>
internal sealed class StoredPayments(Store store)
{
    private const int RowsAtOnce = 5_000;

    /// <summary>Passes on all stored payments.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The store cannot be read now.</exception>
    public void Read(TakeStored take, CancellationToken cancel)
    {
        using var connection = store.Connect();
        using var next = new Statement(
            connection,
            """
            SELECT d.sequence, d.shard, CAST(v.model AS BLOB), CAST(v.rates AS BLOB), d.transaction_body,
                (SELECT MAX(labelled_at_ms) FROM labels WHERE id_hash = d.id_hash AND is_fraud = 1),
                (SELECT MAX(labelled_at_ms) FROM labels WHERE id_hash = d.id_hash AND is_fraud = 0)
            FROM decisions d JOIN versions v ON v.id = d.version_id WHERE d.sequence > ? ORDER BY d.sequence LIMIT ?
            """);
        var last = -1L;
        // In pieces, so that no single read of the store takes long.
        for (var rows = RowsAtOnce; rows == RowsAtOnce;)
        {
            cancel.ThrowIfCancellationRequested();
            rows = 0;
            for (next.Bind(last).Bind(RowsAtOnce); next.Next(); rows++)
            {
                last = next.Integer(0);
                var (model, rates) = (Encoding.UTF8.GetString(next.Bytes(2)), Encoding.UTF8.GetString(next.Bytes(3)));
                take(new StoredPayment((int)next.Integer(1), model, rates, next.Bytes(4), next.Integer(5), next.Integer(6)));
            }

            next.Reset();
        }
    }
}
