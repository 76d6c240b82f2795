using System.Diagnostics;
using Aegis.Core.Transactions;
using Aegis.Scoring.Consumption;
using Aegis.Streams;

namespace Aegis.Scoring.Api;

/// <summary>Puts transactions from callers into the log, with the caller's trace context.</summary>
internal sealed class TransactionAppender(TransactionLog log, ShardOwnership ownership, ReplyPublisher replies, TimeProvider time)
{
    /// <summary>Appends a transaction whose decision is awaited here; where several processes decide, the entry says where to.</summary>
    public Task AppendAwaitedAsync(Transaction transaction, CancellationToken cancel) => log.AppendAsync(
        new LogMessage([transaction], IsHistory: false, time.GetUtcNow(), Activity.Current?.Id, ownership.Members > 1 ? replies.OwnStream : null), cancel);

    /// <summary>Returns once Redis has them on disk.</summary>
    public Task AppendAsync(IReadOnlyList<Transaction> transactions, CancellationToken cancel)
    {
        var producedAt = time.GetUtcNow();
        var traceParent = Activity.Current?.Id;
        return log.AppendAsync([.. transactions.Select(t => new LogMessage([t], IsHistory: false, producedAt, traceParent))], cancel);
    }
}
