using Aegis.Core.Decisions;
using Aegis.Core.Payments;
using Aegis.Core.Transactions;
using Aegis.Streams.Entries;
using Dapper;

namespace Aegis.Scoring.Storage;

/// <summary>A decided payment as a budget sees it.</summary>
/// <param name="Day">Days since 1970 of its event time, UTC.</param>
/// <param name="Risk">Its risk.</param>
/// <param name="IsReviewed">True if it went to review.</param>
/// <param name="IsFraud">What its label says; null without one.</param>
/// <param name="Amount">Its amount in the reference currency; not a number if it has none.</param>
internal readonly record struct RankedPayment(int Day, double Risk, bool IsReviewed, bool? IsFraud, double Amount);

/// <summary>Reads the newest payments that were not declined, with their labels.</summary>
internal sealed class RankedPayments(Store store)
{
    /// <summary>The most decisions that are looked through, the newest ones.</summary>
    public const int MaxLookedThrough = 500_000;

    /// <summary>True if there is a label.</summary>
    public bool HasLabels()
    {
        using var connection = store.Connect();
        return connection.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM labels)");
    }

    /// <summary>Reads them.</summary>
    /// <param name="ratesOf">Gives a rate table by its version.</param>
    public IReadOnlyList<RankedPayment> Read(Func<string, CurrencyRates> ratesOf)
    {
        using var connection = store.Connect();
        using var snapshot = connection.BeginTransaction(deferred: true);
        var rates = connection.Query<(long Id, string Rates)>("SELECT id, rates FROM versions", transaction: snapshot)
            .ToDictionary(row => row.Id, row => ratesOf(row.Rates));
        using var rows = new Statement(
            connection,
            """
            SELECT d.risk, d.outcome, d.version_id, d.transaction_body, (
                SELECT l.is_fraud FROM labels l WHERE l.id_hash = d.id_hash ORDER BY l.position_ms DESC, l.position_seq DESC LIMIT 1)
            FROM decisions d WHERE d.sequence > (SELECT COALESCE(MAX(sequence), 0) FROM decisions) - ? AND d.outcome <> ?
            """);
        var read = new List<RankedPayment>();
        for (rows.Bind(MaxLookedThrough).Bind((long)DecisionOutcome.Decline); rows.Next();)
        {
            var transaction = new TransactionView(rows.Bytes(3));
            read.Add(new RankedPayment(
                Payment.DayOf(transaction.EventTimeMs), rows.Number(0), rows.Integer(1) == (long)DecisionOutcome.Review,
                rows.IsNull(4) ? null : rows.Integer(4) == 1,
                rates[rows.Integer(2)].ToReference(transaction.AmountMinor, transaction.Currency)));
        }

        return read;
    }
}
