using System.Diagnostics;
using Aegis.Core.Transactions;
using Aegis.Streams;

namespace Aegis.Scoring.Api;

/// <summary>Puts transactions from callers into the log, with the caller's trace context.</summary>
internal sealed class TransactionAppender(TransactionLog log, TimeProvider time)
{
    /// <summary>Returns once Redis has them on disk.</summary>
    public Task AppendAsync(IReadOnlyList<Transaction> transactions, CancellationToken cancel)
    {
        var producedAt = time.GetUtcNow();
        var traceParent = Activity.Current?.Id;
        return log.AppendAsync([.. transactions.Select(t => new LogMessage([t], IsHistory: false, producedAt, traceParent))], cancel);
    }
}
