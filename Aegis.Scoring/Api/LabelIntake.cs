using System.Text.Json;
using Aegis.Core.Transactions;
using Aegis.Scoring.Storage;
using Aegis.Streams.Appending;
using Aegis.Streams.Entries;

namespace Aegis.Scoring.Api;

/// <summary>Finds the transactions that labels are about and puts the labels into the log of their cards.</summary>
internal sealed class LabelIntake(DecisionStore decisions, TransactionLog log, ReadYourWrites writes, TimeProvider time)
{
    private const string Known = "the id of a transaction that has been decided";

    /// <summary>Reads a label from a JSON object.</summary>
    /// <param name="json">The object.</param>
    /// <param name="faults">Receives what is wrong with it.</param>
    /// <param name="isUnknown">True if the only fault is that the transaction is unknown.</param>
    /// <returns>The label; null if it has a fault.</returns>
    public PaymentLabel? Read(JsonElement json, List<TransactionFault> faults, out bool isUnknown)
    {
        isUnknown = false;
        if (LabelReader.Read(json, faults) is not { } request)
        {
            return null;
        }

        if (decisions.Find(request.TransactionId)?.Transaction is not { } transaction)
        {
            isUnknown = true;
            faults.Add(TransactionFault.Of("transactionId", request.TransactionId, Known));
            return null;
        }

        var now = time.GetUtcNow();
        var latest = now + TransactionRules.ClockTolerance;
        var labelledAt = request.LabelledAt ?? (now < transaction.EventTime ? transaction.EventTime : now);
        if (labelledAt < transaction.EventTime || labelledAt > latest)
        {
            faults.Add(TransactionFault.Of("labelledAt", $"{labelledAt:o}", $"{transaction.EventTime:o}, when it was paid, to {latest:o}"));
            return null;
        }

        return new PaymentLabel(transaction, request.IsFraud, labelledAt);
    }

    /// <summary>Waits for decisions that were answered and are not stored yet: what was unknown may be known then.</summary>
    public Task CatchUpAsync(CancellationToken cancel) => writes.WaitAsync(cancel);

    /// <summary>Returns once Redis has them on disk.</summary>
    public Task AppendAsync(IReadOnlyList<PaymentLabel> labels, CancellationToken cancel) => log.AppendLabelsAsync(labels, cancel);
}
